using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Portal.Passwords;

public static class PasswordServices
{
    /// <summary>What both databases' credentials share; may be called by each of them. The host binds <see cref="CredentialHashOptions"/>.</summary>
    public static IServiceCollection AddCredentialPasswords(this IServiceCollection services)
    {
        services.AddOptions<CredentialHashOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CredentialHashOptions>, CredentialHashOptionsValidator>());
        services.TryAddSingleton<CredentialHasher>();
        return services;
    }
}

internal sealed class CredentialHashOptionsValidator : IValidateOptions<CredentialHashOptions>
{
    public ValidateOptionsResult Validate(string? name, CredentialHashOptions options)
    {
        var faults = new List<string>();
        Between(faults, nameof(options.BcryptCost), options.BcryptCost, 4, 16);
        Between(faults, nameof(options.BcryptThreads), options.BcryptThreads, 0, 256);
        Between(faults, nameof(options.BcryptQueueLength), options.BcryptQueueLength, 1, 100_000);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Between(List<string> faults, string key, int value, int least, int most)
    {
        if (value < least || value > most)
            faults.Add($"{CredentialHashOptions.Section}:{key} is {value}; it must be from {least} to {most}.");
    }
}
