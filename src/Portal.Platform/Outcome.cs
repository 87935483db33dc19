using System.Diagnostics.CodeAnalysis;

namespace Portal.Platform;

/// <summary>Why a use case refused. <paramref name="Code"/> is stable and for programs; <paramref name="Detail"/> is plain text for people.</summary>
public sealed record Failure(string Code, string Detail);

/// <summary>What a use case answers: a value, or the reason why there is none.</summary>
public sealed class Outcome<T>
    where T : notnull
{
    private Outcome(T? value, Failure? failure)
    {
        Value = value;
        Failure = failure;
    }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Succeeded => Failure is null;

    public T? Value { get; }

    public Failure? Failure { get; }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Failure failure) => new(default, failure);
}
