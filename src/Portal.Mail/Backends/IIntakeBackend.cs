namespace Portal.Mail.Backends;

/// <summary>What the intake asks of its host: mail from anybody, for recipients that the host knows.</summary>
public interface IIntakeBackend : ISmtpBackend;
