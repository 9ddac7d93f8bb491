namespace Careline.Payments.Contracts;

/// <summary>What can be paid for.</summary>
public enum PayableKind
{
    /// <summary>A visit: an appointment, or a time that is held for one.</summary>
    Appointment,

    /// <summary>Something done during a visit beyond its fee.</summary>
    Consultation,

    /// <summary>Tests that a laboratory does.</summary>
    LabOrder,

    /// <summary>Medicines that a pharmacy hands out.</summary>
    Prescription,

    /// <summary>A period of a plan.</summary>
    Subscription,
}

/// <summary>Where a payment stands.</summary>
public enum PaymentStatus
{
    /// <summary>To be paid.</summary>
    Pending,

    /// <summary>Somebody pays: the gateway has not said how it ended.</summary>
    Processing,

    /// <summary>The money is there.</summary>
    Completed,

    /// <summary>The gateway refused; it may be tried again until it expires.</summary>
    Failed,

    /// <summary>Nobody paid in time, or it was called off.</summary>
    Cancelled,

    /// <summary>All of it was given back.</summary>
    Refunded,

    /// <summary>A part was given back.</summary>
    PartiallyRefunded,
}

/// <summary>Why money is given back.</summary>
public enum RefundReason
{
    /// <summary>There is no visit.</summary>
    ConsultationCancelled,

    /// <summary>The doctor called it off or did not come.</summary>
    DoctorUnavailable,

    /// <summary>The call did not work.</summary>
    TechnicalIssue,

    /// <summary>The patient asked for it.</summary>
    PatientRequest,

    /// <summary>It was paid twice, or too late.</summary>
    DuplicatePayment,

    /// <summary>Another.</summary>
    Other,
}
