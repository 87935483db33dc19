using Microsoft.AspNetCore.Components;
using Portal.Vault;
using Portal.Web.Components.Shared;
using Portal.Web.Provisioning;

namespace Portal.Web.Components.Vaultboxes;

/// <summary>The wizard's first step: says while one types whether the address can be had, then makes the vaultbox.</summary>
public sealed partial class NewVaultboxForm
{
    private readonly CheckAddress checkAddress;
    private readonly SuggestAddresses suggestAddresses;
    private readonly ProvisionVaultbox provision;
    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private readonly TimeProvider time;
    private string alias = "";
    private string domain = "";
    private string name = "";
    private string? free;
    private VaultProblem? problem;
    private IReadOnlyList<string> suggestions = [];
    private ElementReference field;
    private bool creating;
    private int asked;

    public NewVaultboxForm(
        CheckAddress checkAddress,
        SuggestAddresses suggestAddresses,
        ProvisionVaultbox provision,
        SignedIn signedIn,
        NavigationManager navigation,
        TimeProvider time)
    {
        this.checkAddress = checkAddress;
        this.suggestAddresses = suggestAddresses;
        this.provision = provision;
        this.signedIn = signedIn;
        this.navigation = navigation;
        this.time = time;
    }

    /// <summary>Verified domains that the user may have addresses on.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Domains { get; set; }

    [Parameter]
    public bool IsAdmin { get; set; }

    private bool IsAboutAddress => problem is not null
        && (problem.Code.StartsWith("alias_", StringComparison.Ordinal) || problem.Code == "domain_unknown");

    protected override void OnParametersSet()
    {
        if (!Domains.Contains(domain, StringComparer.Ordinal))
        {
            domain = Domains.Count > 0 ? Domains[0] : "";
        }
    }

    private async Task TypedAsync(string? typed)
    {
        alias = typed ?? "";
        (free, problem, suggestions) = (null, null, []);
        var mine = ++asked;
        await Task.Delay(SearchBox.Rest, time, Leaving);
        if (mine == asked && alias.Length > 0)
        {
            await CheckAsync(mine);
        }
    }

    private Task DomainChosenAsync(ChangeEventArgs change)
    {
        domain = change.Value as string ?? "";
        (free, problem, suggestions) = (null, null, []);
        return alias.Length == 0 ? Task.CompletedTask : CheckAsync(++asked);
    }

    private async Task CheckAsync(int mine)
    {
        var answer = await checkAddress.HandleAsync(new CheckAddressRequest(await signedIn.ActorAsync(), domain, alias), Leaving);

        // An answer to what was typed before says nothing about what stands there now.
        if (mine == asked)
        {
            (free, problem) = (answer.Value, answer.Problem);
            await SuggestAsync(mine);
        }
    }

    private async Task SuggestAsync(int mine)
    {
        if (problem?.Code != "alias_taken")
        {
            return;
        }

        var near = await suggestAddresses.HandleAsync(new SuggestAddressesRequest(await signedIn.ActorAsync(), domain, alias), Leaving);
        if (mine == asked)
        {
            suggestions = near.Value ?? [];
        }
    }

    private async Task TakeAsync(string near)
    {
        (alias, free, problem, suggestions) = (near, null, null, []);
        await field.FocusAsync();
        await CheckAsync(++asked);
    }

    private async Task CreateAsync()
    {
        asked++;
        creating = true;
        var answer = await provision.HandleAsync(new ProvisionVaultboxRequest(await signedIn.ActorAsync(), domain, name, alias), Leaving);
        creating = false;
        (free, problem, suggestions) = (null, answer.Problem, []);
        if (answer.Succeeded)
        {
            // The next page is static: a full load.
            navigation.NavigateTo($"/vaultboxes/{answer.Value.Id}/keys-setup", forceLoad: true);
        }
        else
        {
            await SuggestAsync(asked);
        }
    }
}
