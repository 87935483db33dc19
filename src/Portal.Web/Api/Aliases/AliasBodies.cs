using Portal.Vault.Aliases;
using Portal.Vault.Credentials;

namespace Portal.Web.Api.Aliases;

internal interface IAliasTermsBody
{
    string? Label { get; }

    string? Note { get; }

    DateTimeOffset? ExpiresAt { get; }

    int? MaxMessages { get; }

    int? MaxIdleDays { get; }

    AliasTerms Terms => new(Label, Note, ExpiresAt, MaxMessages, MaxIdleDays);
}

/// <param name="Domain">Left out: the vaultbox's own.</param>
internal sealed record AddAliasBody(
    string? LocalPart, string? Domain, string? Label, string? Note, DateTimeOffset? ExpiresAt, int? MaxMessages, int? MaxIdleDays) : IAliasTermsBody;

/// <param name="Lines">Local parts or addresses, at most 500.</param>
internal sealed record AddAliasesBody(
    IReadOnlyList<string?>? Lines, string? Domain, string? Label, string? Note, DateTimeOffset? ExpiresAt, int? MaxMessages, int? MaxIdleDays) : IAliasTermsBody;

/// <param name="Style">words or characters; left out: words.</param>
internal sealed record AddRandomAliasBody(
    string? Style, string? Domain, string? Label, string? Note, DateTimeOffset? ExpiresAt, int? MaxMessages, int? MaxIdleDays) : IAliasTermsBody;

internal sealed record AddCatchAllBody(
    string? Domain, string? Label, string? Note, DateTimeOffset? ExpiresAt, int? MaxMessages, int? MaxIdleDays) : IAliasTermsBody;

internal sealed record ChangeAliasesBody(string? Action, IReadOnlyList<Guid>? Ids);

/// <summary>What a PATCH names is changed, also to null; what it leaves out stays.</summary>
internal sealed class UpdateAliasBody
{
    public string? Label
    {
        get;
        set
        {
            field = value;
            LabelChange = Change<string>.To(value);
        }
    }

    public string? Note
    {
        get;
        set
        {
            field = value;
            NoteChange = Change<string>.To(value);
        }
    }

    public DateTimeOffset? ExpiresAt
    {
        get;
        set
        {
            field = value;
            ExpiresAtChange = Change<DateTimeOffset?>.To(value);
        }
    }

    public int? MaxMessages
    {
        get;
        set
        {
            field = value;
            MaxMessagesChange = Change<int?>.To(value);
        }
    }

    public int? MaxIdleDays
    {
        get;
        set
        {
            field = value;
            MaxIdleDaysChange = Change<int?>.To(value);
        }
    }

    internal Change<string> LabelChange { get; private set; }

    internal Change<string> NoteChange { get; private set; }

    internal Change<DateTimeOffset?> ExpiresAtChange { get; private set; }

    internal Change<int?> MaxMessagesChange { get; private set; }

    internal Change<int?> MaxIdleDaysChange { get; private set; }
}
