using Portal.Testing;

[assembly: AssemblyFixture(typeof(PostgresCluster))]
