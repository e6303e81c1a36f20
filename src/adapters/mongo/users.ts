import type { Users } from '../../application/ports/staff.ts';
import type { Mongo } from './connection.ts';
import { isDuplicate } from './duplicates.ts';
import { addressOf, toUser, toUserDocument, type UserDocument } from './staff-document.ts';

export function mongoUsers({ models: { users } }: Mongo): Users {
  return {
    async insert(user) {
      try {
        await users.create(toUserDocument(user));
        return true;
      } catch (error) {
        if (isDuplicate(error, 'email')) return false;
        throw error;
      }
    },

    async byId(id) {
      const document = await users.findOne({ _id: id }).lean<UserDocument>();
      return document && toUser(document);
    },

    async byEmail(email) {
      const document = await users.findOne({ email: addressOf(email) }).lean<UserDocument>();
      return document && toUser(document);
    },

    async of(organisation) {
      const found = await users.find({ 'memberships.organisation': organisation }).lean<UserDocument[]>();
      return found.map(toUser);
    },

    async replace(user, expected) {
      const { _id, ...fields } = toUserDocument(user);
      const { matchedCount } = await users.updateOne({ _id, version: expected }, { $set: fields });
      return matchedCount === 1;
    },
  };
}
