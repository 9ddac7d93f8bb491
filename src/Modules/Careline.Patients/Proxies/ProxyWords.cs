namespace Careline.Patients.Proxies;

/// <summary>What a proxy is to the patient.</summary>
public enum ProxyRelation
{
    /// <summary>The patient's parent.</summary>
    Parent,

    /// <summary>The patient's child.</summary>
    Child,

    /// <summary>The patient's wife, husband or partner.</summary>
    Spouse,

    /// <summary>Appointed by law.</summary>
    Guardian,

    /// <summary>Looks after the patient.</summary>
    Carer,

    /// <summary>Another.</summary>
    Other,
}

/// <summary>What a proxy may do.</summary>
public enum ProxyRight
{
    /// <summary>Read the clinical record.</summary>
    Read,

    /// <summary>See contact data; see, book, move and cancel appointments.</summary>
    Book,
}

/// <summary>Where a link stands.</summary>
public enum ProxyStatus
{
    /// <summary>Nobody has accepted it yet.</summary>
    Invited,

    /// <summary>In force.</summary>
    Active,

    /// <summary>Its time, or that of the invitation, has passed.</summary>
    Expired,
}
