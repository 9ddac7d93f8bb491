namespace Careline.Doctors.Credentials;

/// <summary>What kind of paper a credential is.</summary>
public enum CredentialType
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>Allows to practise. Once verified, its end is the end of being listed.</summary>
    Licence,

    /// <summary>Shows what was learned.</summary>
    Certificate,

    /// <summary>Professional liability.</summary>
    Insurance,

    /// <summary>Shows who somebody is.</summary>
    Identity,
}

/// <summary>The copy of a credential's paper.</summary>
/// <param name="FileName">What it is called.</param>
/// <param name="MediaType">Found out from the content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ScanStatus">What the virus scanner says.</param>
public sealed record CredentialPaper(string FileName, string MediaType, long Size, Files.Contracts.ScanStatus ScanStatus);
