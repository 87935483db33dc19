namespace Portal.Web.EmbeddedPostgres;

/// <summary>Something on this machine keeps the portal from starting. The message tells the operator what, and what to do; it is printed as it is.</summary>
internal sealed class SetupRefusedException : Exception
{
    public SetupRefusedException(string message)
        : base(message)
    {
    }

    public SetupRefusedException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
