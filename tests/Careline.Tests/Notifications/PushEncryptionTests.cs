using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Careline.Notifications.Push;

namespace Careline.Tests.Notifications;

public sealed class PushEncryptionTests
{
    [Fact]
    public void The_example_of_rfc_8291_comes_out_as_it_stands_there()
    {
        // RFC 8291, section 5 and appendix A.
        var ownPublic = Read("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var own = ECDiffieHellman.Create(Whole(PushEncryption.Parameters(ownPublic), Read("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));
        var target = new PushTarget(
            new Uri("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"),
            Read("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            Read("BTBZMqHH6r4Tts7J_aSIgg"));

        var message = PushEncryption.Encrypt("When I grow up, I want to be a watermelon"u8.ToArray(), target, own, Read("DGv6ra1nlYgDCS1FRnbzlw"));

        Base64Url.EncodeToString(message).ShouldBe(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
            + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    [Fact]
    public void The_longest_text_fits_into_one_record_and_a_longer_one_is_refused()
    {
        using var theirs = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var target = new PushTarget(new Uri("https://push.example.net/"), PushEncryption.PublicOf(theirs.ExportParameters(false)), new byte[16]);

        PushEncryption.Encrypt(new byte[PushEncryption.LongestText], target).Length.ShouldBe(4096);
        Should.Throw<ArgumentException>(() => PushEncryption.Encrypt(new byte[PushEncryption.LongestText + 1], target));
    }

    [Fact]
    public void A_token_says_to_whom_until_when_and_by_whom_and_its_signature_is_the_keys()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var parts = Vapid.Token(key.ExportParameters(true), new Uri("https://push.example.net/push/secret"), DateTimeOffset.FromUnixTimeSeconds(1453523768), "mailto:ops@example.test")
            .Split('.');

        Encoding.UTF8.GetString(Read(parts[0])).ShouldBe("""{"typ":"JWT","alg":"ES256"}""");
        Encoding.UTF8.GetString(Read(parts[1])).ShouldBe("""{"aud":"https://push.example.net","exp":1453523768,"sub":"mailto:ops@example.test"}""");
        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Read(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).ShouldBeTrue();
    }

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/x", true)]
    [InlineData("http://fcm.googleapis.com/fcm/send/x", false)]
    [InlineData("https://fcm.googleapis.com:8443/x", false)]
    [InlineData("https://somebody@fcm.googleapis.com/x", false)]
    [InlineData("https://localhost/x", false)]
    [InlineData("https://127.0.0.1/x", false)]
    [InlineData("https://2130706433/x", false)]
    [InlineData("https://[::1]/x", false)]
    [InlineData("https://postgres/x", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Only_https_addresses_of_push_services_are_taken(string endpoint, bool isTaken) =>
        (PushAddresses.Complaint(new Uri(endpoint), []) is null).ShouldBe(isTaken);

    [Fact]
    public void Where_hosts_are_named_no_other_is_taken()
    {
        string[] hosts = [".push.services.mozilla.com", "fcm.googleapis.com"];

        PushAddresses.Complaint(new Uri("https://updates.push.services.mozilla.com/x"), hosts).ShouldBeNull();
        PushAddresses.Complaint(new Uri("https://FCM.googleapis.com/x"), hosts).ShouldBeNull();
        PushAddresses.Complaint(new Uri("https://evil-fcm.googleapis.com/x"), hosts).ShouldNotBeNull();
        PushAddresses.Complaint(new Uri("https://push.services.mozilla.com.example.net/x"), hosts).ShouldNotBeNull();
    }

    private static ECParameters Whole(ECParameters half, byte[] secret) => new() { Curve = half.Curve, Q = half.Q, D = secret };

    private static byte[] Read(string text) => Base64Url.DecodeFromChars(text);
}
