namespace Portal.Web.Provisioning.Databases;

/// <summary>One database as the service role sees it now.</summary>
/// <param name="Name">Of the database; what the portal calls it when it does not answer.</param>
/// <param name="Problem">Null when it answers.</param>
/// <param name="Facts">Null when it does not.</param>
public sealed record DatabaseReport(string Name, string? Problem, DatabaseFacts? Facts);

/// <param name="Octets">Of the database on disk.</param>
/// <param name="IsReplica">It is a standby that only reads.</param>
/// <param name="Connections">To this database, by who holds them.</param>
/// <param name="Isolation">What keeps this database and the other apart, each tried.</param>
/// <param name="SlowQueries">Where the server counts them; null where the extension is absent. Their texts hold no values.</param>
public sealed record DatabaseFacts(
    string ServerVersion,
    DateTimeOffset StartedAt,
    long Octets,
    bool IsReplica,
    int MaxConnections,
    IReadOnlyList<ConnectionUse> Connections,
    IReadOnlyList<Replica> Replicas,
    IReadOnlyList<IsolationFact> Isolation,
    IReadOnlyList<SlowQuery>? SlowQueries);

/// <param name="Application">The pool's name; empty for sessions that the role may not look into.</param>
public sealed record ConnectionUse(string Application, int Active, int Idle);

/// <param name="Lag">How far its replay is behind; null when it is not known.</param>
public sealed record Replica(string Name, string State, string Sync, TimeSpan? Lag);

public sealed record IsolationFact(string Promise, bool Holds);

/// <param name="MeanMs">In milliseconds.</param>
/// <param name="TotalMs">In milliseconds.</param>
public sealed record SlowQuery(string Text, long Calls, double MeanMs, double TotalMs);
