namespace Portal.Platform.SystemMail;

/// <summary>What becomes of the passwords of mail programs.</summary>
internal static partial class AccountMails
{
    /// <summary>So many are named; of the rest it is said how many there are.</summary>
    private const int MostClientsNamed = 10;

    /// <param name="device">What the owner calls it.</param>
    /// <param name="clients">Who was seen with the old password and not with the new one.</param>
    /// <param name="page">Path of the portal where the device is.</param>
    public static SystemMailContent OldPasswordEnding(string email, string device, DateTimeOffset until, IReadOnlyList<string> clients, string page) => new(
        "old-password-ending", email, "An old password of a mail program is about to stop",
        [
            $"The old password of “{device}” stops at {Day(until)}. These still use it: {Named(clients)}.",
            "Give them the new password before then, or they can neither read nor send mail. Nothing is lost: they go on once they have it.",
            "If you do not know one of them, look at the device and revoke it.",
        ],
        new SystemMailAction("Look at the device", page), NoticeLife);

    private static string Named(IReadOnlyList<string> clients) => clients.Count <= MostClientsNamed
        ? string.Join("; ", clients)
        : $"{string.Join("; ", clients.Take(MostClientsNamed))}; and {clients.Count - MostClientsNamed} more";
}
