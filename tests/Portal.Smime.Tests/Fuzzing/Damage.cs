namespace Portal.Smime.Tests.Fuzzing;

/// <summary>Bytes that were right once: reproducibly cut off, flipped, doubled or overwritten.</summary>
internal static class Damage
{
    public static byte[] Of(byte[] sound, int seed)
    {
        var state = unchecked(((ulong)seed * 6364136223846793005UL) + 1442695040888963407UL);
        int Next(int bound)
        {
            state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
            return (int)((state >> 33) % (ulong)Math.Max(bound, 1));
        }

        var damaged = sound.ToArray();
        for (var times = 1 + Next(4); times > 0 && damaged.Length > 0; times--)
        {
            var at = Next(damaged.Length);
            var to = at + Next(damaged.Length - at + 1);
            switch (Next(5))
            {
                case 0:
                    damaged = damaged[..at];
                    break;
                case 1:
                    damaged = [.. damaged[..to], .. damaged[at..]];
                    break;
                case 2:
                    damaged[at] = (byte)Next(256);
                    break;
                case 3:
                    // The lengths and tags that parsers stumble over.
                    damaged[at] = (byte)(new[] { 0x80, 0x84, 0xff, 0x30, 0xa0, 0x00, 0x24, 0x7f }[Next(8)]);
                    break;
                default:
                    damaged[at] ^= (byte)(1 << Next(8));
                    break;
            }
        }

        return damaged;
    }
}
