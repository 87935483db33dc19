using System.Globalization;
using System.Runtime.InteropServices;

namespace Portal.Mail.Backends;

/// <summary>An enhanced mail system status code, <c>class.subject.detail</c> (RFC 3463 section 2).</summary>
/// <param name="Class">2 success, 4 persistent transient failure, 5 permanent failure.</param>
/// <param name="Subject">0 to 999; RFC 3463 section 3 names 0 to 7.</param>
/// <param name="Detail">0 to 999, read together with the subject.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EnhancedStatusCode(int Class, int Subject, int Detail)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");
}
