namespace Careline.Files.Contracts;

/// <summary>More than is taken in, of bytes or of pixels: 413.</summary>
public sealed class FileTooLarge(string message) : Refusal(StatusCodes.Status413PayloadTooLarge, "PAYLOAD_TOO_LARGE", message);

/// <summary>A kind of content that is not taken in: 415.</summary>
public sealed class FileTypeRefused(string message) : Refusal(StatusCodes.Status415UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", message);
