import type { Organisations } from '../../application/ports/staff.ts';
import type { Mongo } from './connection.ts';
import { PULLING } from './settings.ts';
import { toOrganisation, toOrganisationDocument, type OrganisationDocument } from './staff-document.ts';

export function mongoOrganisations({ models: { organisations } }: Mongo): Organisations {
  return {
    async insert(organisation) {
      await organisations.create(toOrganisationDocument(organisation));
    },

    async byId(id) {
      const document = await organisations.findOne({ _id: id }).lean<OrganisationDocument>();
      return document && toOrganisation(document);
    },

    async all() {
      const found = await organisations.find({}).lean<OrganisationDocument[]>();
      return found.map(toOrganisation);
    },

    async replace(organisation, expected) {
      const { _id, ...fields } = toOrganisationDocument(organisation);
      const { matchedCount } = await organisations.updateOne({ _id, version: expected }, { $set: fields });
      return matchedCount === 1;
    },

    async trimOutbox(id, upTo) {
      await organisations.updateOne(
        { _id: id },
        { $pull: { outbox: { sequence: { $lte: upTo } } } },
        PULLING,
      );
    },
  };
}
