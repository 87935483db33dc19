using System.Globalization;
using Portal.Vault.Notices;

namespace Portal.Vault.Vaultboxes;

internal static class VaultboxNotices
{
    /// <summary>What a notice of a deletion, a restoration or a destruction says.</summary>
    /// <param name="messages">How many it held.</param>
    /// <param name="until">Until when it can be restored.</param>
    public static Dictionary<string, string> NoticeDetail(this Vaultbox vaultbox, long messages, DateTimeOffset? until = null)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [NoticeDetails.Name] = vaultbox.Name,
            [NoticeDetails.Address] = vaultbox.Address,
            [NoticeDetails.Count] = messages.ToString(CultureInfo.InvariantCulture),
        };
        if (until is { } at)
            detail[NoticeDetails.Until] = at.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture);
        return detail;
    }
}
