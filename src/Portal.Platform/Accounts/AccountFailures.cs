namespace Portal.Platform.Accounts;

/// <summary>Refusals that many use cases share, so that they are worded once.</summary>
public static class AccountFailures
{
    /// <summary>Absent and forbidden look alike: nobody learns from us what exists.</summary>
    public static readonly Failure NotFound = new("not_found", "There is nothing here by that name, or it is not yours.");

    public static readonly Failure StepUpRequired = new(
        "step_up_required", "Confirm that it is you, then do this again.");

    public static readonly Failure ScopeMissing = new("scope_missing", "This token's scopes do not allow this.");

    public static readonly Failure SupportView = new(
        "support_view", "A support view shows, and changes nothing. Keys, credentials, sealed mail and what guards the account are not in it.");
}
