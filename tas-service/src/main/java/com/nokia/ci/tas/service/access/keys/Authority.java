package com.nokia.ci.tas.service.access.keys;

import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.trust.Identity;
import com.nokia.ci.tas.service.access.AccessKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs the certificates of one farm: one for its service, one for each node and client.
 *
 * <p>All keys are of the curve P-256, all signatures ECDSA with SHA-256. Certificates begin a day
 * before they are made, so that clocks may differ, and never outlive the authority.
 *
 * @param identity its own certificate and private key
 */
public record Authority(Identity identity) {
  static final Duration LIFE = Duration.ofDays(3_650);
  private static final Duration SKEW = Duration.ofDays(1);
  private static final int SERIAL_BITS = 127;

  /**
   * Makes a new one.
   *
   * @param farm what people call it
   */
  public static Authority create(String farm, Instant now) {
    KeyPair keys = newKeys();
    X500Principal name = name("Authority of " + farm);
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            serial(),
            Date.from(now.minus(SKEW)),
            Date.from(now.plus(LIFE)),
            name,
            keys.getPublic());
    try {
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
      return new Authority(new Identity(signed(builder, keys), keys.getPrivate()));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("the certificate of an authority could not be made", e);
    }
  }

  /**
   * Makes a certificate for the service, with the names and addresses that browsers reach it by.
   */
  public Identity service(List<String> hosts, Instant now, Instant end) {
    GeneralName[] names = hosts.stream().map(Authority::hostName).toArray(GeneralName[]::new);
    return leaf(
        "service", KeyPurposeId.id_kp_serverAuth, new GeneralNames(names), new Span(now, end));
  }

  /** Makes a certificate for a peer, which bears the name of its key. */
  public Identity peer(KeyId key, AccessKey.Kind kind, Instant now, Instant end) {
    var name = new GeneralNames(new GeneralName(GeneralName.rfc822Name, kind.text() + "@" + key));
    return leaf(key.value(), KeyPurposeId.id_kp_clientAuth, name, new Span(now, end));
  }

  private record Span(Instant now, Instant end) {}

  private Identity leaf(String name, KeyPurposeId purpose, GeneralNames others, Span span) {
    KeyPair keys = newKeys();
    X509Certificate own = identity.certificate();
    Instant last = own.getNotAfter().toInstant();
    var builder =
        new JcaX509v3CertificateBuilder(
            own,
            serial(),
            Date.from(span.now().minus(SKEW)),
            Date.from(span.end().isBefore(last) ? span.end() : last),
            name(name),
            keys.getPublic());
    try {
      var tools = new JcaX509ExtensionUtils();
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
          .addExtension(Extension.subjectAlternativeName, false, others)
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              tools.createSubjectKeyIdentifier(keys.getPublic()))
          .addExtension(
              Extension.authorityKeyIdentifier, false, tools.createAuthorityKeyIdentifier(own));
      var signer = new KeyPair(own.getPublicKey(), identity.key());
      return new Identity(signed(builder, signer), keys.getPrivate());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate could not be made", e);
    }
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair signer)
      throws OperatorCreationException, GeneralSecurityException {
    var signature = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signature));
  }

  private static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java makes no keys of the curve P-256", e);
    }
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
  }

  private static X500Principal name(String text) {
    try {
      byte[] encoded =
          new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, text).build().getEncoded();
      return new X500Principal(encoded);
    } catch (IOException e) {
      throw new IllegalStateException("a name could not be written", e);
    }
  }

  private static GeneralName hostName(String host) {
    boolean isAddress = host.indexOf(':') >= 0 || host.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }
}
