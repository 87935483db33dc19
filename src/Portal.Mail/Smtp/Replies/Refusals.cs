namespace Portal.Mail.Smtp.Replies;

/// <summary>Every refusal the protocol can make. Reply codes: RFC 5321 section 4.2.3; enhanced codes: RFC 3463 section 3.</summary>
internal static class Refusals
{
    // Commands and their order.
    public static readonly Refusal UnknownCommand = new(500, new(5, 5, 2), "Command not recognised", "command_unknown");
    public static readonly Refusal NotImplemented = new(502, new(5, 5, 1), "Command not implemented", "command_not_implemented");
    public static readonly Refusal LineTooLong = new(500, new(5, 5, 2), "Command line too long", "command_line_too_long");
    public static readonly Refusal LineBareLf = new(500, new(5, 5, 2), "Command lines end with CR LF", "command_bare_lf");
    public static readonly Refusal LineNotText = new(500, new(5, 5, 2), "Command line is not UTF-8 text", "command_not_text");
    public static readonly Refusal ArgumentMissing = new(501, new(5, 5, 4), "Argument missing", "argument_missing");
    public static readonly Refusal ArgumentUnexpected = new(501, new(5, 5, 4), "This command takes no argument", "argument_unexpected");
    public static readonly Refusal BadHeloName = new(501, new(5, 5, 4), "Give a domain name or address literal", "helo_name_malformed");
    public static readonly Refusal HelloFirst = new(503, new(5, 5, 1), "Say EHLO first", "sequence_hello_first");
    public static readonly Refusal MailFirst = new(503, new(5, 5, 1), "Say MAIL first", "sequence_mail_first");
    public static readonly Refusal NestedMail = new(503, new(5, 5, 1), "Sender already given", "sequence_nested_mail");
    public static readonly Refusal NoRecipients = new(554, new(5, 5, 1), "No valid recipients", "sequence_no_recipients");
    public static readonly Refusal DuringTransaction = new(503, new(5, 5, 1), "Not during a mail transaction", "sequence_during_transaction");
    public static readonly Refusal AlreadyTls = new(503, new(5, 5, 1), "TLS already active", "tls_already_active");
    public static readonly Refusal EarlyTalker = new(554, new(5, 5, 0), "Wait for the reply before sending more", "sequence_early_talker");

    // Paths and parameters.
    public static readonly Refusal BadSender = new(501, new(5, 1, 7), "Sender address syntax", "sender_malformed");
    public static readonly Refusal BadRecipient = new(501, new(5, 1, 3), "Recipient address syntax", "recipient_malformed");
    public static readonly Refusal SenderNotAscii = new(553, new(5, 6, 7), "Declare SMTPUTF8 to use this sender", "sender_needs_smtputf8");
    public static readonly Refusal RecipientNotAscii = new(553, new(5, 6, 7), "Declare SMTPUTF8 to use this recipient", "recipient_needs_smtputf8");
    public static readonly Refusal UnknownParameter = new(555, new(5, 5, 4), "Parameter not recognised", "parameter_unknown");
    public static readonly Refusal BadParameter = new(501, new(5, 5, 4), "Parameter value not understood", "parameter_malformed");
    public static readonly Refusal DeclaredTooLarge = new(552, new(5, 3, 4), "Message too large", "size_declared_too_large");
    public static readonly Refusal TooManyRecipients = new(452, new(4, 5, 3), "Too many recipients", "recipients_too_many");

    // Message content.
    public static readonly Refusal DataBareCr = new(554, new(5, 6, 0), "Message contains a bare CR", "data_bare_cr");
    public static readonly Refusal DataBareLf = new(554, new(5, 6, 0), "Message contains a bare LF", "data_bare_lf");
    public static readonly Refusal DataNul = new(554, new(5, 6, 0), "Message contains a NUL", "data_nul");
    public static readonly Refusal DataLineTooLong = new(554, new(5, 6, 0), "Message contains too long a line", "data_line_too_long");
    public static readonly Refusal DataHeaderTooLarge = new(552, new(5, 3, 4), "Message header too large", "data_header_too_large");
    public static readonly Refusal DataLoop = new(554, new(5, 4, 6), "Mail loop: too many Received fields", "data_loop");
    public static readonly Refusal DataTooLarge = new(552, new(5, 3, 4), "Message too large", "data_too_large");
    public static readonly Refusal OverBudget = new(452, new(4, 3, 1), "Busy, try again later", "memory_budget");

    // The host, its state, and the end of a session.
    public static readonly Refusal BackendFailed = new(451, new(4, 3, 0), "Try again later", "backend_failed");
    public static readonly Refusal TooManyErrors = new(421, new(4, 7, 0), "Too many errors", "errors_too_many");
    public static readonly Refusal PeerConnections = new(421, new(4, 7, 0), "Too many connections from your address", "connections_of_peer");
    public static readonly Refusal AllConnections = new(421, new(4, 3, 2), "Too many connections, try again later", "connections_in_all");
    public static readonly Refusal ShuttingDown = new(421, new(4, 3, 2), "Shutting down, try again later", "shutting_down");
    public static readonly Refusal CommandTimeout = new(421, new(4, 4, 2), "Timeout waiting for a command", "timeout_command");
    public static readonly Refusal DataTimeout = new(421, new(4, 4, 2), "Timeout waiting for message data", "timeout_data");
    public static readonly Refusal DataTooSlow = new(421, new(4, 4, 2), "Message data too slow", "data_too_slow");
    public static readonly Refusal TlsTimeout = new(421, new(4, 4, 2), "Timeout in TLS", "timeout_tls");
    public static readonly Refusal SessionTooLong = new(421, new(4, 4, 2), "Session too long", "session_too_long");

    // Ends that no reply can follow.
    public static readonly Refusal TlsFailed = new(421, new(4, 7, 0), "TLS failed", "tls_failed");
    public static readonly Refusal DisconnectedInData = new(421, new(4, 4, 2), "Connection lost", "disconnected_in_data");
}
