namespace Portal.Web.Tests.Authorisation;

/// <summary>Who calls. Support and Admin are staff without a tie to the thing that is asked for: support without a grant.</summary>
public enum Caller
{
    Anonymous,
    OtherUser,
    Owner,
    Support,
    Admin,

    /// <summary>An API token of whoever may do the act, with no scope at all.</summary>
    Scopeless,

    /// <summary>Support with a grant: a supporter whose session shows the owner's account.</summary>
    Viewer,
}

/// <summary>What a caller gets.</summary>
public enum Verdict
{
    /// <summary>Passed the check of who may; the act itself was done, or refused for a reason that the row names.</summary>
    Allowed,

    /// <summary>The same answer as for what does not exist.</summary>
    Absent,

    /// <summary>401 to a program, the sign-in page to a person.</summary>
    SignInAsked,

    ScopeRefused,

    /// <summary>A support view does not go so far; the same for what exists and what does not.</summary>
    ViewRefused,

    /// <summary>May, once they have proved again who they are.</summary>
    StepUpAsked,

    /// <summary>Anything else: never expected, so it names a fault.</summary>
    Other,
}

/// <summary>What each caller is to get, by one of the few reasons there are.</summary>
/// <param name="StepUp">Whoever is allowed must have proved lately who they are.</param>
/// <param name="Why">For rules that need one: why anybody, or any token, may.</param>
/// <param name="OfReader">The owner is the one who has mail.</param>
public sealed record Rule(string Name, IReadOnlyDictionary<Caller, Verdict> Verdicts, bool StepUp = false, string? Why = null, bool OfReader = false, bool IsOpenWall = false)
{
    /// <summary>The thing's owner alone, staff neither. Support with a grant is refused, unless the row says that it <see cref="Seen"/>.</summary>
    public static Rule Own { get; } = Of(
        nameof(Own), Verdict.Absent, Verdict.Absent, Verdict.Allowed, Verdict.Absent, Verdict.Absent, Verdict.ScopeRefused, Verdict.ViewRefused);

    /// <summary>Everybody who is signed in, each about their own account.</summary>
    public static Rule Self { get; } = Of(
        nameof(Self), Verdict.Absent, Verdict.Allowed, Verdict.Allowed, Verdict.Allowed, Verdict.Allowed, Verdict.ScopeRefused, Verdict.ViewRefused);

    /// <summary>Admins alone; to all others, also to an admin's narrowed token, it is not there.</summary>
    public static Rule Admin { get; } = Of(
        nameof(Admin), Verdict.Absent, Verdict.Absent, Verdict.Absent, Verdict.Absent, Verdict.Allowed, Verdict.Absent, Verdict.Absent);

    /// <summary>Support and admins, in sessions of their own; never from within a view.</summary>
    public static Rule Staff { get; } = Of(
        nameof(Staff), Verdict.Absent, Verdict.Absent, Verdict.Absent, Verdict.Allowed, Verdict.Allowed, Verdict.Absent, Verdict.Absent);

    /// <summary>The owner, and an admin.</summary>
    public static Rule OwnOrAdmin { get; } = Own.With(Caller.Admin, Verdict.Allowed);

    /// <summary>Anonymous by design.</summary>
    public static Rule Everyone(string why) => Of(
        nameof(Everyone), Verdict.Allowed, Verdict.Allowed, Verdict.Allowed, Verdict.Allowed, Verdict.Allowed, Verdict.Allowed, Verdict.Allowed) with
    { Why = why };

    /// <summary>Has no actor and no caller outside the portal's own code.</summary>
    public static Rule Internal(string why) => new(nameof(Internal), new Dictionary<Caller, Verdict>(), Why: why);

    /// <summary>Support with a grant reads it, as the owner does.</summary>
    public Rule Seen() => With(Caller.Viewer, Verdict.Allowed);

    /// <summary>Over HTTP no write of a support view gets as far as what it would change.</summary>
    public Rule Walled(string method) => method == "GET" || method == "HEAD" || IsOpenWall ? this : With(Caller.Viewer, Verdict.ViewRefused);

    /// <summary>The wall has a door for it: it ends the view, or carries a circuit.</summary>
    public Rule ThroughTheWall() => this with { IsOpenWall = true, Verdicts = new Dictionary<Caller, Verdict>(Verdicts) { [Caller.Viewer] = Verdict.Allowed } };

    public Rule WithStepUp() => this with { StepUp = true };

    /// <summary>The owner is the reader, who has a vaultbox, a key and a message.</summary>
    public Rule ForReader() => this with { OfReader = true };

    public Rule With(Caller caller, Verdict verdict, string? why = null) => this with
    {
        Verdicts = new Dictionary<Caller, Verdict>(Verdicts) { [caller] = verdict },
        Why = why ?? Why,
    };

    private static Rule Of(
        string name, Verdict anonymous, Verdict otherUser, Verdict owner, Verdict support, Verdict admin, Verdict scopeless, Verdict viewer) => new(
        name,
        new Dictionary<Caller, Verdict>
        {
            [Caller.Anonymous] = anonymous,
            [Caller.OtherUser] = otherUser,
            [Caller.Owner] = owner,
            [Caller.Support] = support,
            [Caller.Admin] = admin,
            [Caller.Scopeless] = scopeless,
            [Caller.Viewer] = viewer,
        });
}
