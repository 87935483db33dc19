using Portal.EndToEnd.Tests.Support;

// One browser and one portal serve all classes; a test that kills its portal starts its own.
[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(SharedPortal))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
