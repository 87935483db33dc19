namespace Portal.Web.Components.Layout;

internal static partial class PageLog
{
    [LoggerMessage(EventId = 7090, Level = LogLevel.Error, Message = "A page failed, reference {Reference}")]
    internal static partial void Failed(ILogger logger, string reference, Exception exception);
}
