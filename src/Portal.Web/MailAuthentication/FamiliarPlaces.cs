using System.Net;
using Microsoft.Extensions.Caching.Memory;
using Portal.Passwords;

namespace Portal.Web.MailAuthentication;

/// <summary>Networks from which a name was signed in with the right password lately, as far as this instance has seen.</summary>
internal sealed class FamiliarPlaces : IDisposable
{
    private const int Most = 100_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly MemoryCache places = new(new MemoryCacheOptions { SizeLimit = Most });

    public bool IsFamiliar(string name, IPAddress? address) => places.TryGetValue((name, PeerNetwork.Of(address)), out _);

    public void Learn(string name, IPAddress? address) =>
        places.Set((name, PeerNetwork.Of(address)), true, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Lifetime });

    public void Dispose() => places.Dispose();
}
