using System.CommandLine;
using System.Security.Cryptography;
using Portal.Databases;
using Portal.Platform;
using Portal.Web.Cli.Opening;

namespace Portal.Web.Cli;

/// <summary>The verb <c>open</c>: reads a sealed message with the owner's key file, without a portal and without a network.</summary>
internal static class OpenCommand
{
    /// <summary>The largest file that is read: a message is at most 50 MB before it is sealed, and base64 adds a third.</summary>
    private const long MaximumFile = 128L << 20;

    private static readonly Failure NotText = new("not_text", "What was sealed is no message that can be shown. Save it with --save.");

    /// <param name="input">Where the passphrase comes from.</param>
    public static Command Create(TextReader input)
    {
        var message = new Argument<FileInfo>("MESSAGE") { Description = "The sealed message: .eml as downloaded, or its .p7m part." };
        var key = new Option<FileInfo>("--key") { Description = "Your mail key with its certificate, PKCS#12 (.p12).", Required = true };
        var fromInput = new Option<bool>("--passphrase-stdin") { Description = "Read the passphrase of the key file from standard input (one line). Without it: asked for." };
        var receipt = new Option<FileInfo?>("--receipt") { Description = "The receipt, where the message does not carry it." };
        var receiptKey = new Option<FileInfo?>("--receipt-key") { Description = "The portal's receipt key, PEM or the answer of /api/v1/receipt-key. With it the receipt is checked." };
        var save = new Option<FileInfo?>("--save") { Description = "Write the opened message here, byte for byte, instead of showing its text." };
        var open = new Command("open", "Opens a sealed message with your key file: offline, by nothing but this program.") { message, key, fromInput, receipt, receiptKey, save };
        open.SetAction(async (parsed, cancellationToken) =>
        {
            var passphrase = parsed.GetValue(fromInput) ? await input.ReadLineAsync(cancellationToken) : Ask(parsed);
            var files = new Files(parsed.GetValue(message)!, parsed.GetValue(key)!, parsed.GetValue(receipt), parsed.GetValue(receiptKey));
            var opened = await OpenAsync(files, passphrase ?? string.Empty, cancellationToken);
            if (!opened.Succeeded)
                return await CommandRun.RefuseAsync(parsed, opened.Failure);
            var (plain, check) = opened.Value;
            try
            {
                return parsed.GetValue(save) is { } target
                    ? await SaveAsync(parsed, plain, target, check, cancellationToken)
                    : await ShowAsync(parsed, plain, check);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(plain);
            }
        });
        return open;
    }

    private static async Task<Outcome<(byte[] Plain, ReceiptCheck Check)>> OpenAsync(Files files, string passphrase, CancellationToken cancellationToken)
    {
        foreach (var file in (FileInfo?[])[files.Message, files.Key, files.Receipt, files.ReceiptKey])
        {
            if (file is { Exists: false })
                return new Failure("file_missing", $"There is no file {file.FullName}.");
            if (file is { Length: > MaximumFile })
                return new Failure("file_too_large", $"{file.FullName} is larger than any sealed message.");
        }

        var found = SealedFile.Read(await File.ReadAllBytesAsync(files.Message.FullName, cancellationToken));
        if (!found.Succeeded)
            return found.Failure;
        var keys = KeyFile.Read(await File.ReadAllBytesAsync(files.Key.FullName, cancellationToken), passphrase);
        if (!keys.Succeeded)
            return keys.Failure;
        try
        {
            var opened = MessageOpener.Open(found.Value.Der, keys.Value);
            if (!opened.Succeeded)
                return opened.Failure;
            var receipt = files.Receipt is null ? found.Value.Receipt : (await File.ReadAllTextAsync(files.Receipt.FullName, cancellationToken)).Trim();
            var receiptKey = files.ReceiptKey is null ? null : await File.ReadAllBytesAsync(files.ReceiptKey.FullName, cancellationToken);
            var check = ReceiptCheck.Of(receipt, receiptKey, found.Value.Der, opened.Value);
            if (check.Succeeded)
                return (opened.Value.Message, check.Value);
            CryptographicOperations.ZeroMemory(opened.Value.Message);
            return check.Failure;
        }
        finally
        {
            foreach (var certificate in keys.Value)
                certificate.Dispose();
        }
    }

    private static async Task<int> SaveAsync(ParseResult parsed, byte[] plain, FileInfo target, ReceiptCheck check, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new FileStream(target.FullName, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = PrivateFile.OwnerOnly,
            });
            await stream.WriteAsync(plain, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await CommandRun.ReportAsync(parsed, $"The message was not saved: {fault.Message} (not_saved)", 1);
        }

        return await CommandRun.ReportAsync(parsed, $"{check.Words}\nSaved {plain.Length:N0} bytes to {target.FullName}, readable by you alone. They are not encrypted.");
    }

    private static async Task<int> ShowAsync(ParseResult parsed, byte[] plain, ReceiptCheck check)
    {
        string text;
        try
        {
            text = MessageText.Of(plain);
        }
        catch (FormatException)
        {
            return await CommandRun.RefuseAsync(parsed, NotText);
        }

        await CommandRun.ReportAsync(parsed, check.Words);
        await parsed.InvocationConfiguration.Output.WriteAsync(text);
        return 0;
    }

    /// <summary>From the terminal, unseen.</summary>
    private static string Ask(ParseResult parsed)
    {
        parsed.InvocationConfiguration.Error.Write("Passphrase of the key file: ");
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        parsed.InvocationConfiguration.Error.WriteLine();
        return typed.ToString();
    }

    private sealed record Files(FileInfo Message, FileInfo Key, FileInfo? Receipt, FileInfo? ReceiptKey);
}
