using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Portal.Platform;

/// <summary>Stores an enum as its lower-case name: readable in SQL and checked by a CHECK constraint.</summary>
internal sealed class LowerCaseEnum<TEnum>() : ValueConverter<TEnum, string>(
    value => value.ToString().ToLowerInvariant(),
    text => Enum.Parse<TEnum>(text, true))
    where TEnum : struct, Enum
{
    /// <summary>The condition of the CHECK constraint that goes with the column.</summary>
    public static string Check(string column) =>
        $"{column} IN ({string.Join(", ", Enum.GetNames<TEnum>().Select(name => $"'{name.ToLowerInvariant()}'"))})";
}
