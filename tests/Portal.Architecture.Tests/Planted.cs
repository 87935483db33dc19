// Each class breaks one rule of the table, so that a rule which stopped finding anything is found itself.
// The scanner reads a planted class as if its namespace had no "Planted." before it.
#pragma warning disable CA1812, CA1852, RCS1213, RCS1169, IDE0051, IDE0044, CA1823, CS0169, CS0649, S1144, MA0038, CA1051, CS0414
namespace Planted.Portal.Mail
{
    internal sealed class KnowsNothingOfOurs { public global::Portal.Smime.KeyFamily Family; }

    internal sealed class KnowsNoDatabaseAndNoSmime { public MimeKit.MimeMessage? Message; }
}

namespace Planted.Portal.Smime
{
    internal sealed class KnowsNothingOfOurs { public global::Portal.Vault.VaultActor? Actor; }

    internal sealed class KnowsNoDatabaseAndNoWeb { public Npgsql.NpgsqlConnection? Connection; }
}

namespace Planted.Portal.Passwords
{
    internal sealed class KnowNothingOfOurs { public global::Portal.Vault.VaultActor? Actor; }

    internal sealed class KnowNoDatabase { public Npgsql.NpgsqlConnection? Connection; }
}

namespace Planted.Portal.Audit
{
    internal sealed class KnowsNothingOfOurs { public global::Portal.Vault.VaultActor? Actor; }
}

namespace Planted.Portal.Platform
{
    internal sealed class KnowsPasswordsAndAuditAlone { public global::Portal.Vault.VaultActor? Actor; }
}

namespace Planted.Portal.Vault
{
    internal sealed class KnowsSmimePasswordsAndAuditAlone { public global::Portal.Platform.Accounts.Actor? Actor; }
}

namespace Planted.Portal.Migrations
{
    internal sealed class KnowTheTwoContextsProjectsAlone { public global::Portal.Web.Hosting.PortalOptions? Options; }
}

namespace Planted.Portal.Web.Components
{
    internal sealed class PagesNameNoDatabase { public Microsoft.EntityFrameworkCore.DbContext? Context; }
}

namespace Planted.Portal.Web.Api
{
    internal sealed class EndpointsNameNoDatabase { public global::Portal.Vault.VaultContext? Context; }
}

namespace Planted.Portal.Web
{
    internal sealed class TheWebProcessHoldsNoMigrations { public Microsoft.EntityFrameworkCore.Migrations.Migration? Migration; }

    internal sealed class MailStructureLivesInSmime { public MimeKit.MimeMessage? Message; }

    internal sealed class BouncyCastleLivesInSmime { public Org.BouncyCastle.Math.BigInteger? Number; }

    internal sealed class TheServerOpensNoSealedMessage { public System.Security.Cryptography.Pkcs.EnvelopedCms? Message; }

    internal sealed class OnlyTheVerbOpenOpensOne { public global::Portal.Web.Cli.Opening.SealedFile? File; }

    internal sealed class NoContentComesOverJsInterop
    {
        [Microsoft.JSInterop.JSInvokable]
        public static void Receive()
        {
        }
    }
}
