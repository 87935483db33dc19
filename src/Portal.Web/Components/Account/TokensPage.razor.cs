using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.Tokens;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account;

/// <summary>The account's API tokens: made, shown once, listed, revoked.</summary>
public sealed partial class TokensPage
{
    private static readonly (string Value, string Text)[] Lives =
        [("7", "7 days"), ("30", "30 days"), ("90", "90 days"), ("365", "a year"), ("none", "no end")];

    private IReadOnlyList<ListedToken> tokens = [];
    private ListedToken? revoking;
    private IssuedToken? issued;
    private Failure? failure;

    [SupplyParameterFromQuery(Name = "new")]
    public bool IsNew { get; set; }

    /// <summary>The token whose end is to be confirmed.</summary>
    [SupplyParameterFromQuery(Name = "revoke")]
    public Guid? Revoke { get; set; }

    [SupplyParameterFromQuery(Name = "done")]
    public string? Done { get; set; }

    [SupplyParameterFromForm]
    public NewTokenInput? Input { get; set; }

    [Inject]
    private ListTokens ListTokens { get; set; } = null!;

    [Inject]
    private CreateToken CreateToken { get; set; } = null!;

    [Inject]
    private RevokeToken RevokeToken { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.ActorAsync();
        if (IsNew && Navigation.RedirectIfStale(actor, Time.GetUtcNow()))
            return;
        var listed = await ListTokens.HandleAsync(actor, Leaving);
        tokens = listed.Value ?? [];
        failure = listed.Failure;
        revoking = Revoke is { } id ? tokens.SingleOrDefault(token => token.Id == id) : null;
    }

    private async Task CreateAsync()
    {
        int? days = int.TryParse(Input?.Life, CultureInfo.InvariantCulture, out var number) ? number : null;
        var created = await CreateToken.HandleAsync(await SignedIn.ActorAsync(), new CreateTokenRequest(Input?.Name, Input?.Scopes, days), Leaving);
        if (!Navigation.RedirectIfNeeded(created.Failure))
            (issued, failure) = (created.Value, created.Failure);
    }

    private async Task RevokeAsync()
    {
        var revoked = await RevokeToken.HandleAsync(await SignedIn.ActorAsync(), Revoke.GetValueOrDefault(), Leaving);
        failure = revoked.Failure;
        if (revoked.Succeeded)
            Navigation.NavigateTo("/account/tokens?done=revoked");
    }
}

/// <summary>What the form for a new token posts.</summary>
public sealed class NewTokenInput
{
    public string? Name { get; set; }

    public List<string>? Scopes { get; set; }

    /// <summary>Days, or <c>none</c>.</summary>
    public string? Life { get; set; }
}
