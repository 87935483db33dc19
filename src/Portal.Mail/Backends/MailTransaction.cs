namespace Portal.Mail.Backends;

/// <summary>The reverse-path and its parameters (RFC 5321 section 4.1.1.2).</summary>
/// <param name="Address"><c>local@domain</c>, the local part quoted where it must be and the domain as a lower-case A-label; empty for the null reverse-path.</param>
/// <param name="DeclaredSize">SIZE in octets (RFC 1870), or null when not declared. A claim, not a measure.</param>
/// <param name="EightBit">BODY=8BITMIME was declared (RFC 6152).</param>
/// <param name="SmtpUtf8">SMTPUTF8 was declared (RFC 6531).</param>
public sealed record MailSender(string Address, long? DeclaredSize, bool EightBit, bool SmtpUtf8);

/// <summary>A forward-path without its source route (RFC 5321 section 4.1.2).</summary>
/// <param name="LocalPart">Unquoted, otherwise as sent.</param>
/// <param name="Domain">Lower-case A-label or address literal (<c>[192.0.2.1]</c>); empty only for <c>&lt;postmaster&gt;</c> without a domain (RFC 5321 section 4.5.1).</param>
public sealed record RecipientAddress(string LocalPart, string Domain);

/// <summary>A recipient the backend said yes to.</summary>
/// <param name="Tag">What the backend gave with its yes, untouched.</param>
public sealed record AcceptedRecipient(RecipientAddress Address, object? Tag);

/// <summary>One mail transaction (RFC 5321 section 3.3).</summary>
public sealed record MailTransaction(SmtpPeer Peer, MailSender Sender, IReadOnlyList<AcceptedRecipient> Recipients);
