namespace Careline.Files.Contracts;

/// <summary>
/// Short links for what cannot send a token, such as a browser's picture or download: good for 60 seconds, for one person, one file and one copy. A link says
/// that the person was let in a moment ago; whoever opens it asks again whether that is still so.
/// </summary>
public interface IFileLinks
{
    /// <summary>The text of a link, fit for an address.</summary>
    string Make(FileLink link);

    /// <summary>What a text allows; null where it is not ours, was changed, or its time has passed.</summary>
    FileLink? Open(string text);
}

/// <summary>Who may read what.</summary>
/// <param name="FileId">The file.</param>
/// <param name="Copy">Which bytes.</param>
/// <param name="AccountId">The account that was let in.</param>
public sealed record FileLink(Guid FileId, FileCopy Copy, Guid AccountId);
