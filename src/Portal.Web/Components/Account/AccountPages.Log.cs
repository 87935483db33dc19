namespace Portal.Web.Components.Account;

internal static partial class AccountPagesLog
{
    [LoggerMessage(EventId = 7010, Level = LogLevel.Warning, Message = "Domain {Domain} was added by {Email}, verified by word: {Verified}, because: {Reason}")]
    internal static partial void DomainAdded(ILogger logger, string domain, string email, bool verified, string? reason);
}
