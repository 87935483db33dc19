using Portal.Vault.Credentials;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Vaultboxes;

public sealed class UpdateVaultboxTests(VaultFixture vault) : VaultboxTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_EachField_IsStoredAndTheRestStays()
    {
        await UpdateAsync(new(Owner, Box.Id, Name: Change<string>.To(" Choir ")));
        await UpdateAsync(new(Owner, Box.Id, HeaderPolicy: Change<string>.To("blind"), Cipher: Change<string>.To("aes-256-gcm")));
        await UpdateAsync(new(Owner, Box.Id, MetadataPolicy: Change<string>.To("none"), Limits: Change<VaultboxLimits>.To(new(5_000_000, 20)), EncryptedMail: Change<string>.To("leave")));
        var view = await UpdateAsync(new(Owner, Box.Id));

        Assert.Equal(("Choir", "blind", "aes-256-gcm", "none", "active"), (view.Name, view.HeaderPolicy, view.Cipher, view.MetadataPolicy, view.Status));
        Assert.Equal(("leave", new VaultboxLimits(5_000_000, 20)), (view.EncryptedMail, view.Limits));
        Assert.Equal(view.Limits, (await GetAsync()).Value!.Limits);
        Assert.Null(view.StatusChangedAt);
    }

    [Fact]
    public async Task Handle_BlankNameAndNoLimits_ArePlainAgain()
    {
        await UpdateAsync(new(Owner, Box.Id, Limits: Change<VaultboxLimits>.To(new(null, 3))));

        var view = await UpdateAsync(new(Owner, Box.Id, Name: Change<string>.To(" "), Limits: Change<VaultboxLimits>.To(null)));

        Assert.Equal((Box.Address, new VaultboxLimits()), (view.Name, view.Limits));
        Assert.Equal("{}", await Vault.Database.ScalarAsync<string>($"SELECT limits::text FROM vaultboxes WHERE id = '{Box.Id}'"));
    }

    [Fact]
    public async Task Handle_Status_ChangesItsTimeOnceAndIsAnnouncedOnce()
    {
        Vault.Time.Advance(TimeSpan.FromHours(1));
        var at = Now;

        var heard = await HeardAsync(async () =>
        {
            await UpdateAsync(new(Owner, Box.Id, Status: Change<string>.To("paused")));
            Vault.Time.Advance(TimeSpan.FromHours(1));
            await UpdateAsync(new(Owner, Box.Id, Status: Change<string>.To("paused"), Name: Change<string>.To("x")));
        });

        Assert.Equal([$"vaultbox:{Box.Id}"], heard);
        var view = (await GetAsync()).Value!;
        Assert.Equal("paused", view.Status);
        Assert.Equal(at, view.StatusChangedAt!.Value, TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData("header", "blind")]
    [InlineData("cipher", "aes-256-gcm")]
    [InlineData("metadata", "domain")]
    [InlineData("encrypted", "leave")]
    public async Task Handle_SealingWithoutFreshProof_AsksForOneUnlessNothingChanges(string what, string value)
    {
        UpdateVaultboxRequest Of(string to) => what switch
        {
            "header" => new(Stale, Box.Id, HeaderPolicy: Change<string>.To(to)),
            "cipher" => new(Stale, Box.Id, Cipher: Change<string>.To(to)),
            "encrypted" => new(Stale, Box.Id, EncryptedMail: Change<string>.To(to)),
            _ => new(Stale, Box.Id, MetadataPolicy: Change<string>.To(to)),
        };
        var present = what switch { "header" => "shy", "cipher" => "aes-256-cbc", "encrypted" => "seal", _ => "full" };

        Assert.Equal("step_up_required", (await TryAsync(Of(value))).Problem?.Code);
        Assert.True((await TryAsync(Of(present))).Succeeded);
        Assert.True((await TryAsync(new(Stale, Box.Id, Name: Change<string>.To("x"), Status: Change<string>.To("archived"), Limits: Change<VaultboxLimits>.To(new())))).Succeeded);
    }

    [Fact]
    public async Task Handle_WhatCannotBe_IsRefusedByItsOwnCodeAndNothingChanges()
    {
        var before = (await GetAsync()).Value!;
        foreach (var (code, request) in new (string, UpdateVaultboxRequest)[]
        {
            ("name_too_long", new(Owner, Box.Id, Name: Change<string>.To(new string('x', 101)))),
            ("name_malformed", new(Owner, Box.Id, Name: Change<string>.To("a\nb"))),
            ("status_unknown", new(Owner, Box.Id, Status: Change<string>.To("deleted"))),
            ("status_unknown", new(Owner, Box.Id, Status: Change<string>.To(null))),
            ("header_policy_unknown", new(Owner, Box.Id, Name: Change<string>.To("x"), HeaderPolicy: Change<string>.To("Shy"))),
            ("cipher_unknown", new(Owner, Box.Id, Cipher: Change<string>.To("rc2"))),
            ("encrypted_mail_unknown", new(Owner, Box.Id, EncryptedMail: Change<string>.To("Leave"))),
            ("metadata_policy_unknown", new(Owner, Box.Id, MetadataPolicy: Change<string>.To("all"))),
            ("storage_out_of_range", new(Owner, Box.Id, Limits: Change<VaultboxLimits>.To(new(VaultboxLimits.LeastStorageBytes - 1)))),
            ("storage_out_of_range", new(Owner, Box.Id, Limits: Change<VaultboxLimits>.To(new(VaultboxLimits.MostStorageBytes + 1)))),
            ("messages_per_day_out_of_range", new(Owner, Box.Id, Limits: Change<VaultboxLimits>.To(new(null, 0)))),
            ("messages_per_day_out_of_range", new(Owner, Box.Id, Limits: Change<VaultboxLimits>.To(new(null, VaultboxLimits.MostMessagesPerDay + 1)))),
        })
        {
            Assert.Equal(code, (await TryAsync(request)).Problem?.Code);
        }

        Assert.Equal(before, (await GetAsync()).Value);
    }

    [Fact]
    public async Task Handle_OthersAndWithoutScope_LookAbsentAndForbidden()
    {
        Assert.Equal("not_found", (await TryAsync(new(Vault.Stranger, Box.Id, Name: Change<string>.To("x")))).Problem?.Code);
        Assert.Equal("scope_missing", (await TryAsync(new(Reader, Box.Id, Name: Change<string>.To("x")))).Problem?.Code);
        Assert.True((await TryAsync(new(Writer with { FreshUntil = null }, Box.Id, HeaderPolicy: Change<string>.To("open")))).Succeeded);
    }

    private Task<VaultResult<VaultboxView>> TryAsync(UpdateVaultboxRequest request) => Vault.Get<UpdateVaultbox>().HandleAsync(request, Cancel);

    private async Task<VaultboxView> UpdateAsync(UpdateVaultboxRequest request)
    {
        var updated = await TryAsync(request);
        Assert.True(updated.Succeeded, updated.Problem?.Detail);
        return updated.Value;
    }
}
