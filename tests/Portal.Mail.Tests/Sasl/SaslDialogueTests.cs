using System.Text;
using Portal.Mail.Sasl;

namespace Portal.Mail.Tests.Sasl;

public sealed class SaslDialogueTests
{
    [Theory]
    [InlineData("\0a\0b", "a", "b")]
    [InlineData("a\0a\0b", "a", "b")]
    [InlineData("\0\0", "", "")]
    [InlineData("\0j\u00F6rg\0p\u00E4ss \U0001F511", "j\u00F6rg", "p\u00E4ss \U0001F511")]
    public void Plain_Message_GivesNameAndPassword(string message, string username, string password)
    {
        var step = SaslDialogue.Of("plain")!.Next(Base64(message));

        Assert.Equal(SaslStepKind.Complete, step.Kind);
        using var secret = step.Credentials!.Password;
        Assert.Equal(("PLAIN", username, password), (step.Credentials.Mechanism, step.Credentials.Username, secret.Reveal()));
    }

    [Theory]
    [InlineData("", "Malformed")]
    [InlineData("a\0b", "Malformed")]
    [InlineData("\0a\0b\0c", "Malformed")]
    [InlineData("\0a\nb\0c", "Malformed")]
    [InlineData("b\0a\0c", "OtherIdentity")]
    [InlineData("A\0a\0c", "OtherIdentity")]
    public void Plain_Other_IsRefused(string message, string kind)
    {
        var step = SaslDialogue.Of("PLAIN")!.Next(Base64(message));

        Assert.Equal((kind, null), (step.Kind.ToString(), step.Credentials));
    }

    [Theory]
    [InlineData("AGEA")]
    [InlineData("AGEA/w==")]
    [InlineData("AP8AYg==")]
    public void Plain_Octets_MustBeUtf8(string base64)
    {
        var step = SaslDialogue.Of("PLAIN")!.Next(Encoding.ASCII.GetBytes(base64));

        Assert.Equal(base64 == "AGEA" ? SaslStepKind.Complete : SaslStepKind.Malformed, step.Kind);
    }

    [Theory]
    [InlineData("AGEAYg")]
    [InlineData("AGEAYg=")]
    [InlineData("AGEA Yg==")]
    [InlineData("AGEA\tYg==")]
    [InlineData("AGEAYg==AGEA")]
    [InlineData("AGEA-_==")]
    [InlineData("*")]
    public void Next_NoBase64_IsMalformed(string text) =>
        Assert.Equal(SaslStepKind.Malformed, SaslDialogue.Of("PLAIN")!.Next(Encoding.ASCII.GetBytes(text)).Kind);

    [Fact]
    public void Login_NameAndPassword_InTwoSteps()
    {
        var dialogue = SaslDialogue.Of("Login")!;

        Assert.Equal(new SaslStep(SaslStepKind.Challenge, "VXNlcm5hbWU6"), dialogue.Start());
        Assert.Equal(new SaslStep(SaslStepKind.Challenge, "UGFzc3dvcmQ6"), dialogue.Next(Base64("a")));
        var step = dialogue.Next(Base64(""));

        using var secret = step.Credentials!.Password;
        Assert.Equal(("LOGIN", "a", ""), (step.Credentials.Mechanism, step.Credentials.Username, secret.Reveal()));
    }

    [Fact]
    public void Login_NulInPassword_IsMalformed()
    {
        var dialogue = SaslDialogue.Of("LOGIN")!;
        dialogue.Next(Base64("a"));

        Assert.Equal(SaslStepKind.Malformed, dialogue.Next(Base64("a\0b")).Kind);
    }

    [Fact]
    public void Login_NameTooLong_IsToldOnlyAfterThePassword()
    {
        var dialogue = SaslDialogue.Of("LOGIN")!;

        Assert.Equal(SaslStepKind.Challenge, dialogue.Next(Base64(new string('x', SaslDialogue.MaxUsername + 1))).Kind);
        Assert.Equal(SaslStepKind.NameTooLong, dialogue.Next(Base64("b")).Kind);
    }

    [Theory]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("")]
    [InlineData("PLAI\u0130N")]
    public void Of_OtherMechanism_IsNull(string mechanism) => Assert.Null(SaslDialogue.Of(mechanism));

    private static byte[] Base64(string text) => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
}
