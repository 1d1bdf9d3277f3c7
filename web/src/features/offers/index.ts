export { Offer } from './Offer';
