namespace Portal.Platform;

/// <summary>The schema that this build needs. The portal does not hold the migrations, so it knows the last one by name; a test keeps it true.</summary>
public static class PlatformSchema
{
    public const string LatestMigration = "20261123042116_AdminDesk";
}
