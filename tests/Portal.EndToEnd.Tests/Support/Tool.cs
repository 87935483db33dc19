using System.Diagnostics;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>Programs that other people wrote: swaks, python3, openssl.</summary>
public static class Tool
{
    /// <summary>Its standard output; a non-zero exit code fails the test with what it said.</summary>
    public static async Task<byte[]> RunAsync(string program, IEnumerable<string> arguments, ReadOnlyMemory<byte> input = default)
    {
        var (exitCode, output, error) = await TryAsync(program, arguments, input);
        Assert.True(exitCode == 0, $"{program} ended with {exitCode}: {error} {System.Text.Encoding.UTF8.GetString(output)}");
        return output;
    }

    public static async Task<(int ExitCode, byte[] Output, string Error)> TryAsync(
        string program, IEnumerable<string> arguments, ReadOnlyMemory<byte> input = default)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await Task.WhenAll(reading, error);
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ToArray(), await error);
    }
}
