import type { UploadPlace } from '../../../../../application/people/list-upload.ts';
import { param } from '../../../request/routes.ts';
import type { StaffVisit } from '../../../request/visit.ts';
import { peoplePath, placeOf } from '../page.ts';

export function importPath(visit: StaffVisit): string {
  return `${peoplePath(visit)}/import`;
}

export function uploadPlace(visit: StaffVisit): UploadPlace {
  return { ...placeOf(visit), upload: param(visit, 'upload') };
}

export function uploadPath(visit: StaffVisit, upload = param(visit, 'upload')): string {
  return `${importPath(visit)}/${upload}`;
}
