using Microsoft.Extensions.Caching.Memory;
using Portal.Smime;
using Portal.Vault.Certificates;

namespace Portal.Vault.Intake;

/// <summary>
/// Keys that mail was sealed to lately, read and ready for use, since reading one costs more than sealing to it. They are found by their whole
/// text: which keys a vaultbox has, and whether each is bound to it, is asked of the database for every message all the same.
/// </summary>
/// <param name="mostCharacters">Of all texts together: what is read from one takes a few times its length.</param>
internal sealed class ParsedKeys(long mostCharacters = ParsedKeys.MostCharacters) : IDisposable
{
    private const long MostCharacters = 32_000_000;

    private static readonly TimeSpan Unused = TimeSpan.FromHours(1);

    private readonly MemoryCache _keys = new(new MemoryCacheOptions { SizeLimit = mostCharacters });

    /// <exception cref="SealingException">It is no certificate.</exception>
    public MailCertificate Certificate(Certificate row) => Find(row, static row => MailCertificate.TryParse(PublicKeyPem.Der(row.PemContent), out var certificate)
        ? certificate
        : throw new SealingException($"Certificate {Convert.ToHexStringLower(row.FingerprintSha256)} cannot be read."));

    public PortalKey Portal(Certificate row) => Find(row, static row => new PortalKey(PublicKeyPem.Der(row.PemContent)));

    public void Dispose() => _keys.Dispose();

    private T Find<T>(Certificate row, Func<Certificate, T> read)
        where T : class
    {
        if (_keys.TryGetValue(row.PemContent, out T? known))
            return known!;
        var key = read(row);
        _keys.Set(row.PemContent, key, new MemoryCacheEntryOptions { Size = row.PemContent.Length, SlidingExpiration = Unused });
        return key;
    }
}
