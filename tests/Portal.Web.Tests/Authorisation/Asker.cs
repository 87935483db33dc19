using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Vault;
using Portal.Web.Provisioning;

namespace Portal.Web.Tests.Authorisation;

/// <summary>One caller who asks once, for what belongs to <see cref="Owner"/>, or for ids that nobody has.</summary>
/// <param name="Owner">Whose things the ids are.</param>
/// <param name="Self">The caller's own account; null for a stranger.</param>
/// <param name="IsReal">False: every id is one that nothing has.</param>
public sealed record Asker(AuthorisationWorld World, Caller Caller, Account Owner, Account? Self, bool IsReal)
{
    /// <summary>The last id that the call was given.</summary>
    public string? AskedId { get; private set; }

    public CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Actor Actor => Self switch
    {
        null => Actor.Stranger,
        { View: { } view } => view.Actor,
        _ when Caller == Caller.Scopeless => Actor.Token(Self.Id, Self.Role, TokenScopes.None),
        _ => Actor.Person(Self.Id, Self.Role, Self.SessionId, Self.FreshUntil),
    };

    public VaultActor Vault => Actor.InVault();

    public Guid OwnerId => Id(Owner.Id);

    public Guid OwnerSession => Id(Owner.SessionId);

    /// <summary>The reader's vaultbox, with a key and a message.</summary>
    public Guid Vaultbox => Id(World.VaultboxId);

    public Guid Message => Id(World.MessageId);

    public Guid Passport => Id(World.PassportId);

    public T Get<T>()
        where T : notnull => World.Services.GetRequiredService<T>();

    /// <summary>The id, or one that nothing has.</summary>
    public Guid Id(Guid real)
    {
        var id = IsReal ? real : Guid.NewGuid();
        AskedId = $"{id}";
        return id;
    }

    public async Task<Answer> SendAsync(string method, string route, Func<Asker, Task<Guid>>? id, Func<Asker, object>? body)
    {
        if (id is not null)
            route = RouteParameter.Fill(route, $"{await id(this)}");
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        if (body is not null)
            request.Content = JsonContent.Create(body(this));
        return await SendAsync(request, Credential());
    }

    /// <summary>Posts a page's named form.</summary>
    public async Task<Answer> PostAsync(string path, string handler, IReadOnlyDictionary<string, string> fields)
    {
        var all = new Dictionary<string, string>(fields, StringComparer.Ordinal) { ["_handler"] = handler };
        var credential = Credential();
        all["__RequestVerificationToken"] = credential.AntiforgeryToken;
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(all) };
        return await SendAsync(request, credential);
    }

    /// <summary>A token comes without a session's cookie.</summary>
    private Credential Credential() => World.CredentialOf(Caller == Caller.Scopeless ? null : Self);

    private async Task<Answer> SendAsync(HttpRequestMessage request, Credential credential)
    {
        request.Headers.Add("Cookie", credential.Cookies);
        if (Caller == Caller.Scopeless)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Self!.Token);
        else
            request.Headers.Add(Portal.Web.Identity.PortalAuthentication.AntiforgeryHeader, credential.AntiforgeryToken);
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
            request.Headers.Add("Origin", World.Address.GetLeftPart(UriPartial.Authority));
        using var response = await World.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return await Answer.OfAsync(response, AskedId);
    }
}
