using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Portal.Platform;
using Portal.Vault;
using Portal.Web.Components;

namespace Portal.Web.Tests.Authorisation;

/// <summary>What exists and what the table names are the same. A use case, endpoint, page or form without a row fails here.</summary>
[Collection(nameof(AuthorisationCollection))]
public sealed class CompletenessTests(AuthorisationWorld world)
{
    [Fact]
    public void Table_UseCases_AreAllThatExist() =>
        AssertComplete(UseCasesOf(typeof(PlatformContext).Assembly, typeof(VaultContext).Assembly, typeof(App).Assembly), IsUseCase);

    [Fact]
    public void Table_EndpointsAndPages_AreAllThatTheHostMaps() => AssertComplete(Mapped(), key => !IsUseCase(key) && !IsForm(key) && !IsEvent(key));

    [Fact]
    public void Table_PageRoutes_AreAllMapped()
    {
        var declared = typeof(App).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>(inherit: false)).Select(route => $"page {route.Template}");

        Assert.Empty(declared.Except(Mapped(), StringComparer.Ordinal));
    }

    /// <summary>Whatever a browser can send to a component: forms by their name, events by the component's markup.</summary>
    [Fact]
    public void Table_FormsAndEvents_AreAllThatTheMarkupNames() => AssertComplete(Markup.Handlers(), key => IsForm(key) || IsEvent(key));

    [Fact]
    public void Table_EachKey_StandsOnce() =>
        Assert.Empty(AuthorisationTable.All.GroupBy(row => row.Key, StringComparer.Ordinal).Where(rows => rows.Count() > 1).Select(rows => rows.Key));

    [Fact]
    public void Table_RowsThatNobodyAsks_SayWhy() =>
        Assert.All(AuthorisationTable.All, row => Assert.True(row.Call is not null || row.Rule.Why is { Length: > 0 }, row.Key));

    [Fact]
    public void Completeness_PlantedUseCase_IsFoundAndNamed()
    {
        var planted = UseCasesOf(typeof(PlantedUseCase).Assembly).ToList();

        var fault = Assert.ThrowsAny<Exception>(() => AssertComplete(planted, _ => false));

        Assert.Contains(nameof(PlantedUseCase), fault.Message, StringComparison.Ordinal);
        Assert.Contains("AuthorisationTable", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Completeness_RowOfNothing_IsFoundAndNamed()
    {
        var fault = Assert.ThrowsAny<Exception>(() => AssertComplete([], key => key == "GetVaultbox"));

        Assert.Contains("GetVaultbox", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertComplete(IEnumerable<string> existing, Func<string, bool> isMeant)
    {
        var rows = AuthorisationTable.All.Select(row => row.Key).Where(isMeant).ToHashSet(StringComparer.Ordinal);
        var things = existing.ToHashSet(StringComparer.Ordinal);
        var without = things.Except(rows, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var stale = rows.Except(things, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(
            without.Count == 0 && stale.Count == 0,
            $"""
             Without a row in AuthorisationTable: {string.Join(", ", without)}
             Rows of what does not exist any more: {string.Join(", ", stale)}
             Say who may do it: add one row to tests/Portal.Web.Tests/Authorisation/AuthorisationTable.*.cs; its summary says how.
             """);
    }

    private static IEnumerable<string> UseCasesOf(params Assembly[] assemblies) => assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsClass: true, IsSealed: true } && (type.IsPublic || type.IsNestedPublic)
            && type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Any(method => method.Name == "HandleAsync"))
        .Select(type => type.Name);

    private static bool IsUseCase(string key) => !key.Contains(' ', StringComparison.Ordinal);

    private static bool IsForm(string key) => key.StartsWith("form ", StringComparison.Ordinal);

    private static bool IsEvent(string key) => key.StartsWith("event ", StringComparison.Ordinal);

    /// <summary>Static files are one thing: all are public, and the build makes their list.</summary>
    private IEnumerable<string> Mapped() => world.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
        .SelectMany(KeysOf);

    private static IEnumerable<string> KeysOf(RouteEndpoint endpoint)
    {
        var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            return [$"page {route}"];
        return endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods
            ? methods.Select(method => $"{method} {route}")
            : [$"ANY {route}"];
    }

    /// <summary>Planted: a use case that no row names.</summary>
    public sealed class PlantedUseCase
    {
#pragma warning disable CA1822, MA0038 // An instance method, as every use case has.
        public Task HandleAsync() => Task.CompletedTask;
#pragma warning restore CA1822, MA0038
    }
}
