namespace Portal.Platform.Settings;

/// <summary>A value that an admin chose at run time; it stands over the configuration of every instance until it is taken back.</summary>
public sealed class Setting
{
    /// <summary>Key of the configuration, as <see cref="KnownSettings"/> has it.</summary>
    public required string Key { get; init; }

    /// <summary>As the configuration would have it.</summary>
    public required string Value { get; set; }

    /// <summary>The admin.</summary>
    public Guid? ChangedBy { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}
