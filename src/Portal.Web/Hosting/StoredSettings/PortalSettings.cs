using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Settings;

namespace Portal.Web.Hosting.StoredSettings;

/// <param name="Value">What holds now, as the page shows it.</param>
/// <param name="Configured">What would hold if nothing were stored.</param>
/// <param name="Stored">Who chose another value, and when; null: nobody did.</param>
internal sealed record ShownSetting(KnownSetting Known, string Value, string Configured, StoredSetting? Stored);

internal sealed record ShownSettings(IReadOnlyList<ShownSetting> Items);

/// <summary>The settings of the admins' page: what is stored, over what is configured.</summary>
internal sealed class PortalSettings(ListSettings list, ChangeSetting change, SettingsWatch watch, StoredSettingsSource source, IConfiguration configuration)
{
    public async Task<Outcome<ShownSettings>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        var stored = await list.HandleAsync(actor, cancellationToken);
        if (!stored.Succeeded)
            return stored.Failure;
        var byKey = stored.Value.Items.ToDictionary(setting => setting.Key, StringComparer.Ordinal);
        return new ShownSettings([.. KnownSettings.All.Select(known =>
        {
            var configured = known.Show(source.Configured((IConfigurationRoot)configuration, known.Key));
            var chosen = byKey.GetValueOrDefault(known.Key);
            return new ShownSetting(known, chosen is null ? configured : known.Show(chosen.Value), configured, chosen);
        })]);
    }

    /// <summary>Holds on this instance when it returns, and on the others within seconds.</summary>
    public async Task<Outcome<ChangedSetting>> ChangeAsync(Actor actor, ChangeSettingRequest request, CancellationToken cancellationToken)
    {
        var changed = await change.HandleAsync(actor, request, cancellationToken);
        if (changed.Succeeded)
            await watch.RefreshAsync(cancellationToken);
        return changed;
    }
}
