namespace Portal.Web.Hosting.StoredSettings;

/// <summary>What admins chose at run time, as the last of the configuration's sources: it stands over files, environment and command line.</summary>
internal sealed class StoredSettingsSource : ConfigurationProvider, IConfigurationSource
{
    private IReadOnlyDictionary<string, string> _values = new Dictionary<string, string>(StringComparer.Ordinal);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>What stands in the configuration without what was stored.</summary>
    public string? Configured(IConfigurationRoot configuration, string key) =>
        configuration.Providers.Where(provider => provider != this).Reverse().Select(provider => provider.TryGet(key, out var value) ? value : null)
            .FirstOrDefault(value => value is not null);

    /// <summary>Tells whoever watches its options when something changed.</summary>
    public void Replace(IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == _values.Count && values.All(pair => _values.TryGetValue(pair.Key, out var value) && string.Equals(value, pair.Value, StringComparison.Ordinal)))
            return;
        _values = values;
        Data = values.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.OrdinalIgnoreCase);
        OnReload();
    }
}
