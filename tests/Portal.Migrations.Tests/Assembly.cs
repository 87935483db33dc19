using Portal.Testing;

[assembly: AssemblyFixture(typeof(PostgresCluster))]
// Roles, their rights and who owns what are the whole server's: one test's planted weakness must not be another's finding.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
