namespace Careline.Host.CommandLine;

internal static class Usage
{
    public const string Careline = """
        Usage: careline <command> [options]

          up [--nodes N]   start Careline: the database and N hosts (1 unless told), until Ctrl-C
          test [options]   run the tests
          bench [options]  measure speed
          cli <command>    work on the data: migrate, seed, create-admin, verify-audit, verify-prescription, import-results and others

        'careline <command> --help' tells more. Settings come from the environment and from .env; see .env.example.
        """;

    public const string Up = """
        Usage: careline up [--nodes N]

        Starts the database and N hosts (1 to 32, 1 unless told) and keeps them running until Ctrl-C.
        The hosts listen on consecutive ports, beginning with the one in ASPNETCORE_URLS (http://127.0.0.1:8000 unless set).
        The data lie in CARELINE_DATA. With DATABASE_URL set, that PostgreSQL server is used and none is started.
        """;

    public const string Serve = """
        Usage: careline serve [--supervised]

        Runs one host on the server named by DATABASE_URL or ConnectionStrings__Careline. 'careline up' starts these.
        """;

    public const string Cli = """
        Usage: careline cli <command> [options]

          migrate              bring the database to this version
          seed                 add the demo people
          create-admin         add an administrator
          verify-audit         look whether anybody changed the audit
          rotate-keys          encrypt everything encrypted with a new key
          check-files          look whether every uploaded file can still be read
          openapi              print the API's description as JSON
          doctor               look for what would keep Careline from starting
          reconcile            compare the books of payments with the gateways
          import-results       take the laboratory results of a file of HL7 messages
          verify-prescription  look whether the QR code of a paper is genuine
          import-medicines     take in a site's own list of medicines
          import-interactions  take in a site's own rules about interactions
          check-safety-data    look for faults in the data that prescribing is checked against

        While 'careline up' runs on the same data these work on its database; otherwise they start it for themselves.
        """;

    public const string Migrate = """
        Usage: careline cli migrate

        Brings the database to this version of Careline. 'careline up' does so by itself.
        """;

    public const string Seed = """
        Usage: careline cli seed [--scale small|large]

        Adds the demo people: a small practice, or (large) 10,000 doctors and 100,000 patients with their appointments.
        In Development only, since their passwords are documented. What is already there is left as it is.
        """;

    public const string CreateAdmin = """
        Usage: careline cli create-admin --email E --password P [--superadmin]

        Adds an administrator who signs in with this e-mail address and password.
        """;

    public const string VerifyAudit = """
        Usage: careline cli verify-audit

        Walks the sealed audit from its first row and compares each with its seal, and the chain with its daily anchors.
        Prints how many rows are whole. Exits with 1 and names the first row that was changed, removed, added or moved.
        """;

    public const string RotateKeys = """
        Usage: careline cli rotate-keys

        Makes a new key for encrypted fields and encrypts every such field with it, while 'careline up' goes on working.
        Exits with 1 and names the values that no key opens. To change the signing key itself see docs/operations.
        """;

    public const string CheckFiles = """
        Usage: careline cli check-files

        Reads every uploaded file to its end and compares it with what was taken in, while 'careline up' goes on working.
        Exits with 1 and names the files that are missing, were changed, or have a key that does not open.
        """;

    public const string VerifyPrescription = """
        Usage: careline cli verify-prescription --key PUBLIC_KEY [--text CODE]

        Looks whether the text of the QR code on a prescription was signed with this key, and prints what it says.
        Without --text the code is read from standard input, as a scanner prints it. Asks no database and no network:
        whether the prescription was called off since only its short code tells. The key is that of /api/prescriptions/keys/.
        Exits with 1 when the code is not genuine.
        """;

    public const string ImportResults = """
        Usage: careline cli import-results FILE

        Takes the laboratory results of a file of HL7 v2 messages (ORU^R01), each message by itself, and prints what became of it.
        What cannot be matched is set aside for a person. A message that was taken before changes nothing.
        Exits with 1 when a message was refused or something was set aside.
        """;

    public const string Reconcile = """
        Usage: careline cli reconcile

        Asks the payment gateways about every open payment, every refund on its way and what was paid within eight days, and
        takes what they answer into the books, while 'careline up' goes on working. Then adds the books up.
        Exits with 1 and names what does not balance. The same is done by itself once a day.
        """;

    public const string OpenApi = """
        Usage: careline cli openapi

        Prints the API's description (OpenAPI 3.1) as JSON. Needs no database.
        """;

    public const string Doctor = """
        Usage: careline cli doctor

        Looks at the PostgreSQL programs, the data folder, the cluster and the ports, and prints what is wrong and its cure.
        Changes nothing. Exits with 1 when something would keep Careline from starting.
        """;
}
