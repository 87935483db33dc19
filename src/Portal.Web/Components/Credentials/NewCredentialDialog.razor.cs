using Microsoft.AspNetCore.Components;

namespace Portal.Web.Components.Credentials;

/// <summary>Asks for a name and for bounds, makes a credential, and shows its password this once.</summary>
public sealed partial class NewCredentialDialog
{
    private readonly CredentialInput input = new();
    private MadePassword? made;
    private bool saved;
    private bool asked;

    [Parameter, EditorRequired]
    public required ICredentials Credentials { get; set; }

    /// <summary>Domains to choose from; null where a credential has none of its own.</summary>
    [Parameter]
    public IReadOnlyList<string>? Domains { get; set; }

    /// <summary>There is a new one.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Parameter]
    public EventCallback OnClosed { get; set; }

    private string Title => made is null ? $"New {Credentials.Nouns.One}" : $"Password for “{made.Credential.Label}”";

    private string Lead => made is null ? "A user name and a password of its own, made here." : "Put it into the mail program now.";

    protected override void OnInitialized() => input.Domain = Domains is { Count: > 0 } ? Domains[0] : null;

    protected override void Dispose(bool disposing)
    {
        made = null;
        base.Dispose(disposing);
    }

    private Task CreateAsync() => ActAsync(() => Credentials.CreateAsync(input, Leaving), created =>
    {
        made = created;
        return OnChanged.InvokeAsync();
    });

    private Task DismissAsync()
    {
        if (made is null || saved || asked)
            return OnClosed.InvokeAsync();
        asked = true;
        return Task.CompletedTask;
    }
}
