using System.Buffers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using Portal.Smime;
using Portal.Vault.Messages;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Messages;

/// <summary>One message in the form that <c>Accept</c> asks for: DER, the outer RFC 5322 message, or its metadata.</summary>
internal static class SealedMessageDownload
{
    private const string Pkcs7Mime = "application/pkcs7-mime";
    private const string Rfc822 = "message/rfc822";
    private const string ReceiptHeader = "Vaultbox-Receipt";
    private const int FieldLine = 76;
    private static readonly SearchValues<char> JwsCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static async Task<IResult> GetAsync(
        Guid id, HttpContext http, ClaimsPrincipal user, GetMessage getMessage, OpenSealedMessage open, CancellationToken cancellationToken)
    {
        var form = FormOf(http.Request);
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (form is null)
            return Problems.Ok(await getMessage.HandleAsync(new GetMessageRequest(user.InVault(), id), cancellationToken));

        var result = await open.HandleAsync(new OpenSealedMessageRequest(user.InVault(), id), cancellationToken);
        if (!result.Succeeded)
            return Problems.Of(result.Problem);
        await using var content = result.Value;
        // A sealed message never changes under its id and receipt.
        var etag = new EntityTagHeaderValue($"\"{id:N}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.Receipt)))[..16]}-{form[^3..]}\"");
        http.Response.GetTypedHeaders().ETag = etag;
        http.Response.Headers.CacheControl = "private, no-cache";
        var hasReceipt = IsWritten(content.Receipt);
        if (hasReceipt)
            http.Response.Headers[ReceiptHeader] = content.Receipt;
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(etag, useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        http.Response.ContentType = form;
        if (string.Equals(form, Pkcs7Mime, StringComparison.Ordinal))
        {
            http.Response.ContentLength = content.Size;
            await content.Der.CopyToAsync(http.Response.Body, cancellationToken);
        }
        else
        {
            await OuterMessage.WriteAsync(content.OuterHeaders + (hasReceipt ? ReceiptField(content.Receipt) : string.Empty), content.Der, http.Response.BodyWriter, cancellationToken);
        }

        return TypedResults.Empty;
    }

    /// <summary>
    /// Whether it can be a compact JWS (RFC 7515 section 7.1). Whatever else stands in the database in its place is not sent on: whoever reads
    /// the message is told that it has none, and gets the message.
    /// </summary>
    private static bool IsWritten(string receipt) => receipt.Length > 0 && !receipt.AsSpan().ContainsAnyExcept(JwsCharacters);

    /// <summary>The saved message carries its receipt; folded, for it is longer than a line may be (RFC 5322 section 2.1.1).</summary>
    private static string ReceiptField(string receipt) =>
        $"{ReceiptHeader}:{string.Concat(receipt.Chunk(FieldLine).Select(line => $"\r\n {new string(line)}"))}\r\n";

    private static string? FormOf(HttpRequest request)
    {
        foreach (var accepted in request.GetTypedHeaders().Accept.OrderByDescending(a => a.Quality ?? 1))
        {
            if (accepted.MediaType.Equals(Pkcs7Mime, StringComparison.OrdinalIgnoreCase))
                return Pkcs7Mime;
            if (accepted.MediaType.Equals(Rfc822, StringComparison.OrdinalIgnoreCase))
                return Rfc822;
            if (accepted.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
                return null;
        }

        return null;
    }
}
