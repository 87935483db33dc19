namespace Portal.Smime.Tests.Headers;

public sealed class HeaderPreviewTests
{
    [Theory]
    [InlineData(
        HeaderPolicy.Open,
        "From: Ada Lovelace <ada@clinic.example>|To: You <box@vault.example>|Cc: Reception <desk@clinic.example>|Date: Sun, 22 Nov 2026 14:05:07 +0100|"
        + "Subject: The results of your blood test|Message-ID: <results.4711@clinic.example>")]
    [InlineData(
        HeaderPolicy.Baseline,
        "From: Ada Lovelace <ada@clinic.example>|To: You <box@vault.example>|Cc: Reception <desk@clinic.example>|Date: Sun, 22 Nov 2026 14:05:07 +0100|"
        + "Subject: [...]|Message-ID: <results.4711@clinic.example>")]
    [InlineData(
        HeaderPolicy.Shy,
        "From: ada@clinic.example|To: box@vault.example|Cc: desk@clinic.example|Date: Sun, 22 Nov 2026 13:05:07 +0000|Subject: [...]|Message-ID: <results.4711@clinic.example>")]
    [InlineData(
        HeaderPolicy.Blind,
        "From: box@vault.example|To: box@vault.example|Date: Sun, 22 Nov 2026 13:05:12 +0000|Subject: [...]|Message-ID: <019ab8c4-52e1-7a3f-9d06-3c5b7f1e2a40@vault.example>")]
    public void Of_Policy_ShowsWhatSealingLeavesOutside(HeaderPolicy policy, string expected) =>
        Assert.Equal(expected, string.Join('|', HeaderPreview.Of(policy, "box@vault.example").Select(static field => $"{field.Name}: {field.Value}")));

    [Fact]
    public void Of_PolicyAlone_HasAnAddressOfItsOwn() =>
        Assert.Contains(("To", "you@example.org"), HeaderPreview.Of(HeaderPolicy.Blind));
}
