//! Certificates for test servers: an authority and the leaves it signs, good
//! and bad ones.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};

/// A certificate authority made for one run; nobody trusts it by default.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

/// A certificate with its private key, both in PEM.
pub struct Leaf {
    /// The certificate chain, without the authority.
    pub certificate: String,
    /// The private key.
    pub key: String,
}

impl Authority {
    /// Makes a new authority with a key of its own.
    pub fn new() -> Self {
        let mut params = params(&[], "db-studio test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().expect("a key can be made");
        let certificate = params.self_signed(&key).expect("an authority signs itself");
        Self {
            pem: certificate.pem(),
            issuer: Issuer::new(params, key),
        }
    }

    /// The authority's own certificate in PEM, for a client's trust store.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// A good server certificate for these host names and addresses.
    pub fn leaf(&self, names: &[&str]) -> Leaf {
        self.sign(server(names))
    }

    /// A server certificate whose last day was in 2021.
    pub fn expired_leaf(&self, names: &[&str]) -> Leaf {
        let mut params = server(names);
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
        self.sign(params)
    }

    fn sign(&self, params: CertificateParams) -> Leaf {
        let key = KeyPair::generate().expect("a key can be made");
        let certificate = params
            .signed_by(&key, &self.issuer)
            .expect("the authority can sign");
        Leaf {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
        }
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}

/// A server certificate that nobody but itself has signed.
pub fn self_signed(names: &[&str]) -> Leaf {
    let key = KeyPair::generate().expect("a key can be made");
    let certificate = server(names)
        .self_signed(&key)
        .expect("a certificate can sign itself");
    Leaf {
        certificate: certificate.pem(),
        key: key.serialize_pem(),
    }
}

fn server(names: &[&str]) -> CertificateParams {
    let mut params = params(names, names.first().unwrap_or(&"localhost"));
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

fn params(names: &[&str], common_name: &str) -> CertificateParams {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).expect("the names are host names or addresses");
    params
        .distinguished_name
        .push(DnType::CommonName, common_name);
    params
}
