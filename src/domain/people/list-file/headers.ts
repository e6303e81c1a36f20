import type { Column } from './columns.ts';

/**
 * What columns are called in the lists of shops: in ten languages (a line each: en, de, fr, es, it, nl, pl, pt, sv,
 * da), then in the exports of shop programs. Compared folded, so that case, accents and hyphens need no variants.
 */
export const HEADERS: Readonly<Record<Column, string>> = {
  email: `
    email, email address, mail, mail address, customer email, contact email, primary email, user email, email id
    E-Mail-Adresse, Mailadresse, E-Mail-Anschrift, E-Mail Kunde, Kunden-E-Mail, E-Mail privat, Elektronische Post
    courriel, adresse e-mail, adresse mail, adresse courriel, adresse de courriel, adresse électronique, mél, mail client, email client, courrier électronique, adresse de messagerie
    correo, correo electrónico, correo-e, dirección de correo electrónico, dirección de correo, dirección de e-mail, dirección e-mail, dirección electrónica, e-mail del cliente
    posta elettronica, indirizzo e-mail, indirizzo mail, indirizzo di posta elettronica, indirizzo elettronico, email cliente
    e-mailadres, mailadres, e-mail klant
    adres e-mail, adres mailowy, adres poczty elektronicznej, poczta elektroniczna, e-mail klienta, mejl
    correio eletrónico, correio electrónico, endereço de e-mail, endereço e-mail, endereço eletrónico, endereço de correio eletrónico, e-mail do cliente
    e-post, e-postadress, mejl, mejladress, mailadress, kundens e-post
    e-mailadresse, e-postadresse, kundens e-mail
    billing email, shipping email, customer email address, email address 1, subscriber email, account email`,
  name: `
    name, full name, customer name, customer, contact name, display name, recipient, recipient name, addressee, first and last name
    Vollständiger Name, Ganzer Name, Kundenname, Kunde, Empfänger, Vor- und Nachname, Vor- und Zuname, Vorname Nachname, Name Vorname, Nachname Vorname, Name des Kunden
    nom complet, nom et prénom, nom prénom, prénom et nom, prénom nom, nom du client, nom client, destinataire, noms et prénoms
    nombre completo, nombre y apellidos, nombre y apellido, apellidos y nombre, nombre del cliente, nombre cliente, destinatario
    nome completo, nome e cognome, cognome e nome, nome cognome, nominativo, nome cliente, nome del cliente
    naam, volledige naam, klantnaam, naam klant, voor- en achternaam, voornaam en achternaam, ontvanger
    imię i nazwisko, nazwisko i imię, imię nazwisko, pełne imię i nazwisko, nazwa, nazwa klienta, odbiorca, adresat
    nome do cliente, nome e apelido, nome e sobrenome, destinatário
    namn, fullständigt namn, hela namnet, för- och efternamn, förnamn och efternamn, kundnamn, kundens namn, mottagare
    navn, fulde navn, fuldt navn, kundenavn, kundens navn, for- og efternavn, fornavn og efternavn, modtager
    billing name, shipping name, user name full`,
  firstName: `
    first name, given name, given names, forename, forenames, first, fname, christian name
    Vorname, Vornamen, Rufname
    prénom, prénoms
    nombre de pila, primer nombre, nombres
    nome di battesimo, primo nome
    voornaam, voornamen, roepnaam
    imię, imiona, pierwsze imię
    primeiro nome, nome próprio, nomes próprios, prenome
    förnamn, tilltalsnamn
    fornavn, fornavne
    billing first name, shipping first name, customer first name`,
  lastName: `
    last name, surname, family name, last, lname
    Nachname, Nachnamen, Familienname, Zuname
    nom de famille, nom d'usage, patronyme
    apellido, apellidos, primer apellido
    cognome, cognomi
    achternaam, familienaam
    nazwisko, nazwiska
    apelido, apelidos, sobrenome, último nome, nome de família
    efternamn, släktnamn
    efternavn, efternavne, slægtsnavn
    billing last name, shipping last name, customer last name`,
  language: `
    language, lang, locale, language code, preferred language, customer language, customer locale
    Sprache, Sprachcode, Sprachkürzel, Bevorzugte Sprache, Korrespondenzsprache, Kundensprache
    langue, code langue, langue préférée, langue de correspondance, langue du client
    idioma, lengua, código de idioma, idioma preferido, idioma del cliente
    lingua, codice lingua, lingua preferita, lingua del cliente
    taal, taalcode, voorkeurstaal, taal klant
    język, kod języka, preferowany język, język klienta
    língua, língua preferida, código do idioma, idioma do cliente
    språk, språkkod, önskat språk, föredraget språk, kundens språk
    sprog, sprogkode, foretrukket sprog, kundens sprog`,
  country: `
    country, country code, country name, country region, country of residence, nation
    Land, Ländercode, Laendercode, Landescode, Länderkürzel, Länderkennzeichen, Staat, Wohnland, Land Region
    pays, code pays, pays de résidence, pays région
    país, código de país, código país, código del país, país de residencia, país región
    paese, nazione, stato, codice paese, paese di residenza, stato di residenza
    landcode, landnaam, land van verblijf
    kraj, kod kraju, państwo, kraj zamieszkania
    código do país, país de residência
    landskod, hemland
    landekode, bopælsland
    billing country, shipping country, mailing country, default address country, default address country code, address country, billing country code, shipping country code`,
  street: `
    street, street address, street name, street and number, address, address 1, address line 1, address line, postal address, mailing address, home address, addr1
    Straße, Straße und Hausnummer, Straße Hausnummer, Straße Hausnr, Straße und Nr, Straße Nr, Straße u Nr, Straße u Hausnr, Str, Adresse, Adresse 1, Adresszeile 1, Anschrift, Postanschrift, Postadresse
    rue, adresse postale, voie, numéro et rue, rue et numéro, numéro et voie, adresse ligne 1, ligne d'adresse 1
    calle, dirección, dirección postal, dirección 1, domicilio, calle y número
    via, indirizzo, indirizzo postale, indirizzo 1, via e numero, via e numero civico
    straat, straatnaam, straat en huisnummer, straat en nummer, adres, adres 1, adresregel 1, postadres
    ulica, ulica i numer, ulica i nr, ulica i numer domu, ulica i nr domu, ulica numer, ul, adres pocztowy, adres zamieszkania
    rua, morada, morada 1, endereço, endereço 1, endereço postal, logradouro, rua e número
    gata, gatuadress, adress, adress 1, adressrad 1, gata och nummer, postadress
    gade, gadenavn, gade og nummer, vej, vejnavn, vejnavn og husnummer, adresselinje 1
    default address address1, default address 1, billing address 1, billing address line 1, billing address, billing street, shipping address 1, shipping address line 1, shipping address, shipping street, mailing street, address street, address address1`,
  postcode: `
    postcode, postal code, post code, zip, zip code, zip postal code, postal zip code, zip postcode, postcode zip, eircode
    PLZ, Postleitzahl
    code postal, CP
    código postal, codigo postal CP, cód postal
    CAP, codice postale, codice di avviamento postale
    postcode
    kod pocztowy
    CEP
    postnummer, postnr
    postnummer, postnr
    default address zip, default address zip code, billing postcode, billing zip, billing zip code, shipping postcode, shipping zip, shipping zip code, mailing zip, address zip, mailing postal code, billing postal code, shipping postal code`,
  city: `
    city, town, town city, city town, locality, post town
    Ort, Stadt, Wohnort, Ortschaft
    ville, commune, localité
    ciudad, población, localidad, municipio
    città, comune, località
    plaats, stad, woonplaats, plaatsnaam
    miasto, miejscowość
    cidade, localidade
    postort
    by, bynavn, postdistrikt
    default address city, billing city, shipping city, mailing city, address city`,
  region: `
    region, state, province, county, state province, province state, state code, province code, state region, state county
    Bundesland, Kanton, Provinz
    région, département, canton
    provincia, región, estado, comunidad autónoma
    regione, prov, sigla provincia
    provincie, regio
    województwo
    região, distrito, UF
    län, landskap
    landsdel
    default address province, default address province code, billing state, shipping state, mailing state, mailing state province, address state, billing province, shipping province`,
  birthDate: `
    birth date, date of birth, birthday, DOB
    Geburtsdatum, Geburtstag, geboren am, Geb-Datum, Geb Dat
    date de naissance, né le, né(e) le, naissance
    fecha de nacimiento, nacimiento, cumpleaños
    data di nascita, nascita, compleanno
    geboortedatum, geboortedag, verjaardag
    data urodzenia, urodziny
    data de nascimento, nascimento, aniversário
    födelsedatum, födelsedag
    fødselsdato, fødselsdag`,
  id: `
    id, customer id, customer number, customer no, customer #, client id, client number, user id, account id, account number, contact id, member id, membership number, member number, uid, subscriber id
    Kundennummer, Kundennr, Kunden-ID, KdNr, Kd-Nummer, Mitgliedsnummer, Nutzer-ID, Benutzer-ID, Kundenkennung
    identifiant, identifiant client, id client, numéro client, numéro de client, n° client, no client, nº client, code client, référence client
    identificador, id cliente, id de cliente, id del cliente, número de cliente, número cliente, nº cliente, n° cliente, n.º de cliente, nº de cliente, código de cliente, código cliente
    numero cliente, codice cliente, n. cliente, identificativo, identificativo cliente
    klantnummer, klantnr, klant-id, relatienummer, lidnummer
    numer klienta, nr klienta, id klienta, identyfikator, identyfikator klienta, kod klienta
    número do cliente, id do cliente, código do cliente, n.º de cliente, nº do cliente
    kundnummer, kundnr, kund-id, medlemsnummer
    kundenummer, kundenr, kunde-id`,
};

/**
 * Headers that mean two things: `Nom` is the whole name, but beside `Prénom` the family name; `Nome` and `Nombre` are
 * the whole name, but beside `Cognome` or `Apellidos` the given one.
 */
export const BESIDE: readonly {
  readonly headers: string;
  readonly beside: Column;
  readonly then: Column;
  readonly else: Column;
}[] = [
  { headers: 'nom, noms', beside: 'firstName', then: 'lastName', else: 'name' },
  { headers: 'nome, nombre', beside: 'lastName', then: 'firstName', else: 'name' },
];
