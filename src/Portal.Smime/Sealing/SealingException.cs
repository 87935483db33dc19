namespace Portal.Smime;

/// <summary>A message could not be sealed because of its recipients' keys, never because of its content. The mail must be deferred.</summary>
public sealed class SealingException : Exception
{
    public SealingException()
    {
    }

    public SealingException(string message)
        : base(message)
    {
    }

    public SealingException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
