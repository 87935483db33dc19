using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Portal.Passwords;

namespace Portal.Web.MailAuthentication;

/// <summary>
/// Passwords that bcrypt has judged lately, by HMAC-SHA-256 under a key that lives as long as the process: neither password nor hash can
/// be had from it. Right ones and wrong ones apart, so that a program that repeats itself costs nothing, and guesses push no right
/// password out.
/// </summary>
internal sealed class CheckedPasswords(IOptions<MailAuthenticationOptions> options, TimeProvider time)
{
    /// <summary>A wrong password can come right without a change that is heard of: when the name it was given with comes to be.</summary>
    private static readonly TimeSpan LongestForWrong = TimeSpan.FromSeconds(30);

    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private readonly Lock gate = new();
    private readonly RecentPasswords right = new(options.Value.CacheLifetime, options.Value.CacheEntries, time);
    private readonly RecentPasswords wrong = new(
        options.Value.CacheLifetime < LongestForWrong ? options.Value.CacheLifetime : LongestForWrong, options.Value.CacheEntries, time);

    public int Count
    {
        get
        {
            lock (gate)
                return right.Count + wrong.Count;
        }
    }

    public PasswordKey KeyOf(string name, CredentialProtocol protocol, string password)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var text = Encoding.UTF8.GetBytes($"{protocol}\0{name}\0{password}");
        HMACSHA256.HashData(secret, text, mac);
        CryptographicOperations.ZeroMemory(text);
        return MemoryMarshal.Read<PasswordKey>(mac);
    }

    public JudgedPassword? Find(PasswordKey key)
    {
        lock (gate)
            return right.Find(key) ?? wrong.Find(key);
    }

    /// <param name="version">The pool's, before the database was asked: what changed since is not remembered.</param>
    public void Remember(PasswordKey key, JudgedPassword judged, long version)
    {
        lock (gate)
        {
            if (judged.Pool.IsHeard && !judged.Pool.MayHaveChanged(judged.Ids, version))
                (judged.IsRight ? right : wrong).Add(key, judged);
        }
    }

    /// <summary>What is remembered of a credential, a vaultbox or an owner.</summary>
    public void Forget(CredentialPoolState pool, Guid id)
    {
        lock (gate)
        {
            pool.NoteChange(id);
            right.Forget(id);
            wrong.Forget(id);
        }
    }

    /// <summary>All of a pool: changes may have been missed.</summary>
    public void Forget(CredentialPoolState pool)
    {
        lock (gate)
        {
            pool.NoteBlindness();
            right.Forget(pool);
            wrong.Forget(pool);
        }
    }
}
