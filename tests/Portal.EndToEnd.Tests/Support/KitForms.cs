namespace Portal.EndToEnd.Tests.Support;

/// <summary>
/// How words of a recovery kit could stand together where they should not. Single words prove nothing: the portal's own script holds the
/// whole list.
/// </summary>
public static class KitForms
{
    private const int Run = 3;

    private static readonly string[] Separators = [" ", "\n", ",", "\",\"", "%20", "+"];

    public static IEnumerable<string> Of(IReadOnlyList<string> kit)
    {
        Assert.Equal(24, kit.Count);
        return from start in new[] { 0, 11, 24 - Run } from separator in Separators select string.Join(separator, kit.Skip(start).Take(Run));
    }
}
