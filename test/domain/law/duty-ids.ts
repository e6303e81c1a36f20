/** Every duty and limit that the tables of law name, one id each: none may be missing from the law files. */
export const DUTY_IDS: readonly string[] = `
ad-29-apda ad-29-controller ad-29-subjects ae-adgm-commissioner ae-adgm-controller ae-adgm-subjects
ae-cbuae-consumer ae-difc-commissioner ae-difc-controller ae-difc-subjects al-pdp-commissioner
al-pdp-controller al-pdp-subjects am-pdl-21 ar-da641-48h au-apra-cps230-24h au-apra-cps230-72h
au-apra-cps234 au-apra-cps234-weakness au-mhr-75 au-ndb-assessment au-ndb-individuals au-ndb-oaic
au-nsw-mndb-assess au-nsw-mndb-commissioner au-nsw-mndb-individuals au-qld-mndb-assess au-qld-mndb-notice
au-ransom-payment au-soci-12h au-soci-12h-written au-soci-72h au-soci-72h-written ba-zzlp-authority
ba-zzlp-controller ba-zzlp-subjects bank-36h-regulator bank-service-provider-bank bb-dpa-commissioner
bb-dpa-controller bb-dpa-subjects bd-pdpa-authority bh-pdpl bh-pdpl-controller bh-pdpl-subjects bm-pipa
bn-pdpo-authority bn-pdpo-individuals br-bcb-4893 br-lgpd-anpd br-lgpd-complement br-lgpd-proof
br-lgpd-register br-lgpd-subjects bw-dpa-commission bw-dpa-controller bw-dpa-subjects by-99z-npdpc
ca-ab-hia-notice ca-ab-pipa-commissioner ca-ab-pipa-individuals ca-ab-popa-notice ca-bc-fippa-notice
ca-ciro-30d ca-ciro-3d ca-mb-notice ca-nb-phipaa-notice ca-nl-notice ca-ns-foipop-notice ca-ns-phia-notice
ca-nt-notice ca-nu-notice ca-on-fippa-notice ca-on-phipa-annual ca-on-phipa-individual ca-on-phipa-ipc
ca-osfi-24h ca-pe-hia-notice ca-pipeda-commissioner ca-pipeda-individuals ca-pipeda-organisations
ca-pipeda-record ca-qc-access-cai ca-qc-amf-24h ca-qc-health-minister ca-qc-law25-cai
ca-qc-law25-individuals ca-qc-law25-register ca-rpaa-bank ca-sk-foip-individual ca-yt-notice card-acquirer
cer-art15-detailed cer-art15-initial cftc-notice ch-dsv-15-4-record ch-finma-29-preliminary
ch-finma-29-report ch-isg-74a-bacs ch-isg-74a-complete ch-ndsg-24-controller ch-ndsg-24-fdpic
ch-ndsg-24-subjects circia-72h circia-payment-24h cl-21663-3h cl-21663-72h cl-21663-final cl-21663-oiv-plan
cl-21719-agency cl-21719-controller cl-21719-subjects cms-marketplace-24h cn-cac-incident
cn-cac-incident-cii cn-cac-incident-final cn-cac-incident-state cn-networkdata-11 cn-nfra-24h cn-nfra-2h
cn-pipl-57 cn-pipl-57-subjects co-1581-sic cr-8968-prodhab cra-art14-incident-early cra-art14-incident-final
cra-art14-incident-notification cra-art14-intermediate cra-art14-users cra-art14-vulnerability-early
cra-art14-vulnerability-final cra-art14-vulnerability-notification cra-art15-voluntary cra-art19-importer
cra-art24-steward cv-133-cnpd cv-133-controller cv-133-subjects de-bdsg-29-limit de-bdsg-42-4-use
de-bdsg-65-authority de-bsig-32-early-warning de-bsig-32-final de-bsig-32-notification de-bsig-35-recipients
de-bsig-8b-old de-kritisdachg-18-detailed de-kritisdachg-18-initial de-sgbx-83a-supervision
de-tkg-169-authority dfars-7012 dk-dbl-22-limit dk-nis2-early-warning doe-oe417 doe-oe417-6h doe-oe417-final
dora-art19-clients dora-art19-final dora-art19-initial dora-art19-intermediate
dora-art19-intermediate-update dora-art19-threat-clients dora-art19-threat-voluntary dora-art30-provider
dz-1807-anpdp dz-1807-subjects ec-lopdp-authority ec-lopdp-controller ec-lopdp-subjects ed-fsa
eea-dora-initial eea-gdpr-art33-authority eecc-art40-authority eecc-art40-users eg-pdpl eg-pdpl-subjects
eidas-art10-scheme eidas-art19-supervisory eidas-art5e-wallet eidas-trust-services eprivacy-art4-2-risk
eprivacy-art4-inventory es-ens-33-ccn es-lgtel-aepd es-nis1-initial et-1321-authority et-1321-controller
et-1321-subjects eu-2841-art21-early eu-2841-art21-final eu-2841-art21-notification eu-611-art5-provider
eu-611-authority-full eu-611-authority-initial eu-611-subjects eu-ai-act-art73-authority eu-nccs-art38-csirt
eu-part-is-authority eudpr-art34-edps eudpr-art35-subjects eudpr-art92-edps fcc-cpni-2024-agencies
fcc-cpni-2024-customers fcc-cpni-agencies fcc-cpni-customers fedramp-1h
fi-kyberturvallisuuslaki-early-warning fincen-sar fisma-congress fo-dat-authority fo-dat-controller
fo-dat-subjects fr-cass-l12-10-1-complaint fr-csp-l1111-8-2-ars fr-defense-l1332-6-2-anssi fr-lil-58-limit
fr-lil-83-cnil fr-nis1-anssi ftc-hbnr-ftc-500 ftc-hbnr-ftc-annual ftc-hbnr-individuals ftc-hbnr-media
ftc-hbnr-service-provider ftc-safeguards gdpr-art33-2-controller gdpr-art33-4-phases gdpr-art33-5-register
gdpr-art33-authority gdpr-art34-4-order gdpr-art34-subjects ge-pdpl-controller ge-pdpl-service
ge-pdpl-subjects gg-dpl-authority gg-dpl-controller gg-dpl-subjects gh-csa-24h gh-dpa gi-gdpr-33-gra
gi-gdpr-controller gi-gdpr-subjects glba-customers glba-regulator hipaa-404-individuals hipaa-406-media
hipaa-408-hhs-500 hipaa-408-hhs-annual hipaa-410-covered-entity hk-cap653-12h hk-cap653-48h hk-cap653-report
hk-fin hk-pcpd hud-fha-36h id-bssn-24h id-ojk-24h id-ojk-5bd id-pdp-authority-subjects id-pdp-public
ie-dpa-60-limit ie-dpa-86-dpc ie-eprivacy-4-dpc ie-nis1-ncsc il-boi-2h il-boi-8h il-ppa-severe
il-ppa-subjects im-gdpr-commissioner im-gdpr-controller im-gdpr-subjects in-certin-6h in-dpdp-board
in-dpdp-board-initial in-dpdp-individuals in-irdai-24h in-irdai-6h in-rbi-bank in-rbi-pso in-sebi-24h
in-sebi-6h in-telecom-24h in-telecom-6h irs-1075-fti it-l90-1-notification it-l90-1-signal
it-nis2-25-early-warning it-nis2-25-final it-nis2-25-notification it-psnc-csirt je-dpl-authority
je-dpl-controller je-dpl-subjects jm-dpa jm-dpa-subjects jo-pdpl-subjects jo-pdpl-unit jp-appi-entruster
jp-appi-final jp-appi-preliminary jp-appi-principals jp-cyber-42-report jp-mynumber-final
jp-mynumber-preliminary jp-tba-28 jp-tba-30d ke-cbk-24h ke-cmca-nc4 ke-dpa-commissioner ke-dpa-controller
ke-dpa-subjects kr-credit-39-4 kr-eft-21-5 kr-network-48-3 kr-network-48-3-more kr-pipa-authority
kr-pipa-individuals kr-pipa-possible kw-dppr-citra ky-dpa kz-pdl-authority led-art30-2-controller
led-art30-6-controllers led-art30-authority led-art31-subjects li-csg-early-warning lk-pdpa-authority ls-dpa
ma-0520-dgssi mc-1565-apdp mc-1565-controller mc-1565-subjects md-195-authority md-195-controller
md-195-subjects mk-lpdp-agency mk-lpdp-controller mk-lpdp-subjects mo-csl-cii mu-dpa mu-dpa-controller
mu-dpa-subjects mw-dpa-authority mw-dpa-controller mw-dpa-subjects mx-lfpdppp-subjects mx-lgpdppso
my-bnm-mcipd my-cyber-14d my-cyber-6h my-pdpa-commissioner my-pdpa-subjects my-pdpa-supplement
naic-668-commissioner ncua-72h nerc-cip008 nerc-cip008-attempt nerc-cip008-update ng-cbn-24h
ng-cybercrimes-21 ng-ndpa-commission ng-ndpa-controller ng-ndpa-subjects nis2-art23-early-warning
nis2-art23-final nis2-art23-final-after-handling nis2-art23-intermediate nis2-art23-notification
nis2-art23-progress nis2-art23-recipients nis2-art23-threat-recipients nis2-art23-trust-notification
nl-cbw-early-warning nl-cbw-final nl-cbw-notification nl-tw-11-3a-ap nl-uavg-42-limit nl-wbni-ncsc
no-digsikk-8-nsm no-popplyl-16-limit nrc-73-77-1h nrc-73-77-4h nrc-73-77-8h nrc-73-77-written
nydfs-500-17-notice nydfs-500-17-payment nydfs-500-17-payment-reasons nz-privacy-individuals nz-privacy-opc
nz-rbnz-72h om-pdpl om-pdpl-subjects pa-81-antai pa-81-subjects part2-breach pe-29733-anpd pe-29733-subjects
pe-du007-cnsd ph-bsp-24h ph-bsp-2h ph-dpa-annual ph-dpa-full ph-dpa-npc ph-dpa-subjects pl-ksc-early-warning
pl-ksc-final pl-ksc-notification pl-ksc-old-oes pl-pke-uodo psd2-art96-authority psd2-art96-users qa-pdppl
qa-pdppl-subjects qa-qfc-authority qa-qfc-controller qa-qfc-subjects rs-zzpl-authority rs-zzpl-controller
rs-zzpl-subjects ru-152-gossopka ru-152-rkn-24h ru-152-rkn-72h ru-187-fsb rw-dpl-authority rw-dpl-controller
rw-dpl-report rw-dpl-subjects sa-pdpl-sdaia sa-pdpl-subjects sc-dpa-commission se-csl-early-warning
se-sakerhetsskydd-sapo sec-6k sec-8k-105 sec-8k-105-amend sec-regsci sec-regsci-final sec-regsci-written
sec-regsp-customers sec-regsp-service-provider sg-csa-2h sg-csa-30d sg-csa-72h sg-mas-14d sg-mas-1h
sg-pdpa-assessment sg-pdpa-individuals sg-pdpa-organisation sg-pdpa-pdpc sm-171-authority sm-171-controller
sm-171-subjects ssa-1h sv-lpdp-ace sz-dpa th-csa-ncsa th-pdpa-controller th-pdpa-office th-pdpa-subjects
tn-2023-17-ancs tr-7545-csp tr-kvkk-authority tr-kvkk-controller tr-kvkk-subjects tsa-aviation-24h
tsa-pipeline-24h tsa-rail-24h tw-csma-1h tw-pdpa-subjects tw-sec-30m tw-sector-72h tz-pdpa-commission
ug-dppa-authority uk-ca2003-105k-ofcom uk-dpa-108-ico uk-dpa-67-ico uk-dpa-68-subjects uk-eidas-19-ico
uk-fca-ps26-2-initial uk-fca-sup15-fca uk-gdpr-art33-2-controller uk-gdpr-art33-4-phases
uk-gdpr-art33-5-register uk-gdpr-art33-authority uk-gdpr-art34-subjects uk-nhs-dspt uk-nis-12-ico
uk-nis-regulator uk-pecr-ico uk-pecr-ico-old uk-pecr-subscribers uk-psr-99-fca us-ak-ag us-ak-cra
us-ak-insurance us-ak-owner us-ak-residents us-al-ag us-al-cra us-al-insurance us-al-owner us-al-residents
us-ar-ag us-ar-owner us-ar-public-audit us-ar-residents us-az-ag us-az-cra us-az-owner us-az-residents
us-ca-1280-15-cdph us-ca-1280-15-patients us-ca-ag us-ca-owner us-ca-residents us-cert-1h us-co-ag us-co-cra
us-co-owner us-co-residents us-ct-10-234dd us-ct-10-234dd-parents us-ct-ag us-ct-insurance
us-ct-insurance-bulletin us-ct-owner us-ct-residents us-dc-ag us-dc-cra us-dc-owner us-dc-residents us-de-ag
us-de-insurance us-de-owner us-de-residents us-fl-282-3185 us-fl-ag us-fl-ag-noharm us-fl-cra us-fl-owner
us-fl-residents us-ga-cra us-ga-owner us-ga-residents us-gu-owner us-gu-residents us-hi-ag us-hi-cra
us-hi-insurance us-hi-owner us-hi-residents us-ia-ag us-ia-insurance us-ia-owner us-ia-residents us-id-ag
us-id-owner us-id-residents us-il-ag us-il-ag-hipaa us-il-cra us-il-insurance us-il-owner us-il-residents
us-il-soppa-parents us-il-soppa-school us-in-ag us-in-cra us-in-insurance us-in-owner
us-in-public-technology us-in-residents us-ks-cra us-ks-owner us-ks-public-security us-ks-residents
us-ky-61-933-agencies us-ky-61-933-residents us-ky-cra us-ky-insurance us-ky-owner us-ky-residents us-la-ag
us-la-insurance us-la-owner us-la-residents us-ma-ag us-ma-cra us-ma-owner us-ma-residents us-md-ag
us-md-cra us-md-insurance us-md-insurance-carriers us-md-owner us-md-residents us-me-ag us-me-cra
us-me-insurance us-me-owner us-me-residents us-mi-cra us-mi-insurance us-mi-owner us-mi-residents
us-mn-16e-36 us-mn-46a-commissioner us-mn-cra us-mn-insurance us-mn-owner us-mn-residents us-mo-ag us-mo-cra
us-mo-owner us-mo-residents us-ms-insurance us-ms-owner us-ms-residents us-mt-ag us-mt-cra us-mt-insurance
us-mt-owner us-mt-residents us-nc-ag us-nc-cra us-nc-owner us-nc-public-it us-nc-residents
us-nd-1301-commissioner us-nd-ag us-nd-insurance us-nd-owner us-nd-residents us-ne-ag us-ne-owner
us-ne-residents us-nh-ag us-nh-cra us-nh-insurance us-nh-owner us-nh-residents us-nj-ag us-nj-cra
us-nj-owner us-nj-public-njohsp us-nj-residents us-nm-ag us-nm-cra us-nm-owner us-nm-residents us-nv-cra
us-nv-owner us-nv-residents us-ny-2d-agency us-ny-2d-cpo us-ny-2d-parents us-ny-405-46-doh
us-ny-995b-incident us-ny-995b-payment us-ny-ag us-ny-ag-hipaa us-ny-ag-noharm us-ny-cra us-ny-owner
us-ny-residents us-oh-964-auditor us-oh-964-incident us-oh-cra us-oh-insurance us-oh-owner us-oh-residents
us-ok-ag us-ok-insurance us-ok-owner us-ok-residents us-or-ag us-or-cra us-or-owner us-or-residents
us-or-vendor-ag us-pa-ag us-pa-cra us-pa-insurance us-pa-owner us-pa-public-da us-pa-public-residents
us-pa-residents us-pr-ag us-pr-owner us-pr-residents us-ri-ag us-ri-cra us-ri-insurance us-ri-public-police
us-ri-residents us-sc-ag us-sc-cra us-sc-insurance us-sc-owner us-sc-residents us-sd-ag us-sd-ag-noharm
us-sd-cra us-sd-residents us-tn-cra us-tn-insurance us-tn-owner us-tn-residents us-tx-2054-dir us-tx-ag
us-tx-cra us-tx-owner us-tx-residents us-ut-ag us-ut-cra us-ut-owner us-ut-public-center us-ut-residents
us-va-ag us-va-cra us-va-insurance us-va-medical-ag us-va-owner us-va-public-fusion us-va-residents
us-va-tax-ag us-vi-owner us-vi-residents us-vt-ag us-vt-ag-noharm us-vt-cra us-vt-owner us-vt-residents
us-wa-ag us-wa-insurance us-wa-owner us-wa-residents us-wi-cra us-wi-insurance us-wi-owner us-wi-residents
us-wv-cra us-wv-owner us-wv-residents us-wy-owner us-wy-residents uscg-101-650 uy-certuy-24h uy-subjects
uy-urcdp vn-pdpl-authority vn-pdpl-controller vn-pdpl-subjects xk-lpdp-authority xk-lpdp-controller
xk-lpdp-subjects za-joint-2-24h za-popia-operator za-popia-regulator za-popia-subjects zm-dpa-commissioner
zm-dpa-subjects zw-cdpa-authority zw-cdpa-subjects
`
  .trim()
  .split(/\s+/);
