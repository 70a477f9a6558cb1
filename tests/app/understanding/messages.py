"""Messages as people would write them: country, text, and the entry point, the sector, `unclear`, `noise` or
an order to us.

`ke-health` is an entry point; `KE education` is a sector without one there, whose reports reach the desk.
"""

from __future__ import annotations

MESSAGES = """
GH|fertilizer finished in Gushegu, no NPK since may|gh-agriculture
GH|pls we no get fertliser this season, only big farmers dey get|gh-agriculture
GH|The PFJ fertiliser came after the rains, too late for our rice|gh-agriculture
GH|i paid 320 cedis for one bag of urea above the price|gh-agriculture
GH|They smuggled the fert to Burkina|gh-agriculture
GH|Ba taki a Upper East, manoma sun gaji|gh-agriculture
GH|Yɛyɛ akuafo, fertilizer nni hɔ wɔ yɛn kurom|gh-agriculture
GH|okuani na meyɛ, fertilizer boɔ yɛ den dodo|gh-agriculture
GH|Mienye agbledelawo, fertilizer meli o|gh-agriculture
GH|extension officer has not come to our farm, no tractor too|gh-agriculture
GH|We women were refused input credit in Hohoe|gh-agriculture
GH|galamsey has spoiled our water in Prestea|gh-mining
GH|Mining company no pay us compensation for the land|gh-mining
GH|my house is cracking because of the blasting|gh-mining
GH|where is the royalty money for our town|gh-mining
GH|MDF project abandoned in Tarkwa|gh-mining
GH|Soldiers beat people at the mine site in Western Region|gh-mining
GH|galamseyfoɔ asɛe yɛn nsu|gh-mining
GH|wɔtu sika kɔkɔɔ wɔ yɛn asaase so, mpata biara nni hɔ|gh-mining
GH|Sikakulawo gblẽ míaƒe tsi, tsi la gblẽ|gh-mining
GH|Open pits not covered, a child fell in a pit|gh-mining
GH|no medicine at the CHPS compound, nurse is not there|GH health
GH|school feeding caterer has not come|GH education
GH|our borehole is broken|GH water-sanitation
GH|premix fuel no dey for the fishermen|GH fishing
GH|ECG dumsor every night|GH other
GH|good morning sir|noise
GH|the mining company built a school but no teachers|unclear
GH|road contractor destroyed my farm|unclear
GH|no stock|unclear
GH|my sister is well thank God|noise
IN|सफाई कर्मचारी हूं, सर्वे में नाम नहीं आया|in-water-sanitation
IN|main safai karmchari hu, survey me naam nahi hai|in-water-sanitation
IN|sewer me maut hui, muavza nahi mila|in-water-sanitation
IN|सीवर में मौत के बाद मुआवजा नहीं मिला|in-water-sanitation
IN|No gloves or mask given for septic tank work in Delhi|in-water-sanitation
IN|one time cash of 40000 not paid to manual scavengers|in-water-sanitation
IN|भंगी कहकर मैला उठाने को मजबूर करते हैं|in-water-sanitation
IN|आम्ही सफाई कामगार, पगार मिळाला नाही|in-water-sanitation
IN|துப்புரவு பணியாளர்களுக்கு சம்பளம் வரவில்லை|in-water-sanitation
IN|పారిశుద్ధ్య కార్మికులకు జీతాలు లేవు|in-water-sanitation
IN|safai kamgar ahe, punarvasan nahi|in-water-sanitation
IN|handpump kharab hai, pani nahi aa raha|in-water-sanitation
IN|अंगणवाडीत आहार मिळत नाही|in-health
IN|anganwadi band aahe, andi milat nahit|in-health
IN|आंगनवाड़ी में पोषाहार नहीं मिलता|in-health
IN|आंगनबाडी बंद है दो महीने से|in-health
IN|aanganwadi me garam khana nahi mil raha|in-health
IN|garodar mahilana amrut aahar milat nahi Nandurbar|in-health
IN|THR packet spoiled, insects inside|in-health
IN|PMMVY money not received, I delivered in March|in-health
IN|கர்ப்பிணி பெண்களுக்கு அங்கன்வாடியில் முட்டை கொடுக்கவில்லை|in-health
IN|అంగన్‌వాడీలో గుడ్లు ఇవ్వడం లేదు|in-health
IN|गरोदर मातांना अंडी मिळत नाहीत महाराष्ट्र|in-health
IN|hospital has no water|in-health
IN|छात्रवृत्ति नहीं मिली, बिहार|in-education
IN|meri scholarship nahi aayi do saal se|in-education
IN|skolarship one year late, college demanding fees|in-education
IN|शिष्यवृत्ती मिळाली नाही अजून|in-education
IN|shishyavrutti milali nahi mahadbt var|in-education
IN|கல்வி உதவித்தொகை வரவில்லை|in-education
IN|నా స్కాలర్‌షిప్ ఇంకా రాలేదు|in-education
IN|ఉపకారవేతనం రాలేదు తెలంగాణ|in-education
IN|वज़ीफ़ा आधार लिंक न होने से रुका है|in-education
IN|NSP portal not working for ST students|in-education
IN|hostel closed for tribal students in Odisha|in-education
IN|किसान हूं, खाद नहीं मिल रही|IN agriculture
IN|राशन कार्ड नहीं बना|IN social-assistance
IN|bijli nahi hai gaon me|IN other
IN|सड़क खराब है|IN other
IN|नमस्ते|noise
IN|Namaste, kaise ho|noise
IN|NRC list mein naam nahi|unclear
IN|safai karamchari ke bachche ki scholarship nahi aayi|unclear
IN|survey|unclear
IN|kya haal hai bhai|noise
ID|solar subsidi gk ada di SPBUN, nelayan tdk melaut|id-fishing
ID|kuota hbs, solar langka buat perahu kami di Sumut|id-fishing
ID|belum punya kusuka jadi ga bisa beli solar|id-fishing
ID|Surat rekom nelayan susah keluarnya|id-fishing
ID|beli solar di pengecer mahal pak|id-fishing
ID|solare entek mas, ora iso miyang|id-fishing
ID|kapal besar ambil jatah solar nelayan kecil|id-fishing
ID|nelayan perempuan tidak diakui|id-fishing
ID|Fishermen in Semarang cannot get subsidised diesel|id-fishing
ID|barcode solar error terus di SPBN|id-fishing
ID|bansos blm cair 3 bln|id-social-assistance
ID|PKH saya dicoret tanpa alasan|id-social-assistance
ID|BPJS PBI nonaktif, ga bisa berobat|id-social-assistance
ID|aye kagak dapet bansos bang|id-social-assistance
ID|KJP anak saya diblokir di Jakarta|id-social-assistance
ID|ora entuk bansos blas|id-social-assistance
ID|Petugas minta uang utk daftar DTKS, pungli|id-social-assistance
ID|bantuan sembako dipotong RT|id-social-assistance
ID|social assistance not paid yet in Jakarta|id-social-assistance
ID|KIS nonaktif di puskesmas|id-social-assistance
ID|pupuk subsidi kosong|ID agriculture
ID|obat di puskesmas habis|ID health
ID|mati lampu terus PLN|ID other
ID|truk antri solar|ID other
ID|selamat pagi|noise
ID|mahal|unclear
ID|mohon bantuan pak|help
ID|BBM subsidi habis di SPBU motor saya|ID other
ID|bansos untuk nelayan|unclear
KE|hospital has no water|ke-health
KE|zahanati haina dawa|ke-health
KE|dawa hakuna hosi ya Busia, tunalipishwa|ke-health
KE|Nesi hayupo tangu jana, dispensary imefungwa|ke-health
KE|No drugs at the health centre in Matayos|ke-health
KE|SHA registration refused|ke-health
KE|mama mjamzito alijifungua njiani usiku|ke-health
KE|The ambulance has no fuel|ke-health
KE|community health promoters have not been paid|ke-health
KE|edakitar emam ekitoi|ke-health
KE|madawa zimeisha buda, hosi ni ya kulipa|ke-health
KE|school children taken to dispensary, no nurse|ke-health
KE|maji hakuna Baringo|ke-water-sanitation
KE|kisima kimeharibika Tiaty, hakuna maji|ke-water-sanitation
KE|Borehole pump broken for 2 months|ke-water-sanitation
KE|the water is salty and far|ke-water-sanitation
KE|pampu imeharibika na hakuna mafuta|ke-water-sanitation
KE|hatuna choo kijijini|ke-water-sanitation
KE|meeta enkare|ke-water-sanitation
KE|the tap near the hospital is dry|ke-water-sanitation
KE|water project stalled in Endorois ward|ke-water-sanitation
KE|bei ya maji ni ghali sana|ke-water-sanitation
KE|bursary haijafika|KE education
KE|school fees for my child|KE education
KE|shule haina choo|ke-water-sanitation
KE|wakulima hawana mbolea|KE agriculture
KE|road to the hospital is bad|KE other
KE|hakuna stima|KE other
KE|pesa ya wazee haijakuja|KE social-assistance
KE|please be patient with me|unclear
KE|habari yako|noise
KE|embu saidia|help
KE|asante sana|noise
KE|closed since monday|unclear
NG|drug don finish for our PHC|ng-health
NG|nurse no dey for health centre, light no dey|ng-health
NG|ko si oogun ni ile iwosan wa|ng-health
NG|ogun ti tan ni ilé ìwòsàn, ipinle Ogun|ng-health
NG|Ọgwụ adịghị n'ụlọ ọgwụ anyị|ng-health
NG|ogwu agwula, uloogwu enweghi mmiri|ng-health
NG|Babu magani a asibiti|ng-health
NG|asibitin mu ba ruwa ba wuta|ng-health
NG|PHC has no water and no toilet|ng-health
NG|No midwife at night, pregnant women suffer in Anambra|ng-health
NG|NHIA enrollee rejected at the hospital|ng-health
NG|they charged me for immunization|ng-health
NG|fertiliza no dey, dem give dia people|ng-agriculture
NG|We women farmers no see seedlings this year|ng-agriculture
NG|ba mu samu taki ba a Jigawa|ng-agriculture
NG|mata manoma ba su samu iri ba|ng-agriculture
NG|ko si ajile fun awa agbe|ng-agriculture
NG|irugbin ko dara|ng-agriculture
NG|fatilaiza adighi, ndị ọrụ ugbo na-ata ahụhụ|ng-agriculture
NG|mkpuru adighi mma|ng-agriculture
NG|political farmers took all the inputs in Nasarawa|ng-agriculture
NG|no extension agent come our farm|ng-agriculture
NG|bandits no let us go farm in Niger State|ng-agriculture
NG|NEPA no bring light|NG other
NG|borehole spoil for our street|NG water-sanitation
NG|Makaranta ba ta da malami|NG education
NG|palliative rice no reach us|NG social-assistance
NG|hospital road don spoil|NG other
NG|how far|noise
NG|light no dey|unclear
NG|ina kwana|noise
SN|la fosse est pleine, vidange trop cher|sn-water-sanitation
SN|Fosse bi fees na, vidange bi seer na|sn-water-sanitation
SN|égout bouché à Pikine, eaux usées dans la rue|sn-water-sanitation
SN|INONDATION dans le quartier depuis hier|sn-water-sanitation
SN|amunu wanag ci kër gi|sn-water-sanitation
SN|ndox dugg na kër gi, mbënd mi metti na|sn-water-sanitation
SN|travaux ONAS abandonnés, pas de branchement|sn-water-sanitation
SN|toilettes publiques fermées au marché Dakar|sn-water-sanitation
SN|pas d'eau au robinet depuis 3 jours|sn-water-sanitation
SN|carte d'égalité des chances pas reçue depuis 2018|sn-social-assistance
SN|ma CEC refusée à l'hôpital|sn-social-assistance
SN|Jotuma kart bi, dama am laago|sn-social-assistance
SN|lago la am, bus bi bañ na ma yobu|sn-social-assistance
SN|bourse familiale toujours pas payée|sn-social-assistance
SN|je suis aveugle, pas de mutuelle|sn-social-assistance
SN|besoin d'un fauteuil roulant pour ma fille à Thiès|sn-social-assistance
SN|l'école refuse mon enfant handicapé|sn-social-assistance
SN|pas de médicaments au poste de santé|SN health
SN|hôpital sans eau|SN health
SN|pas d'eau à l'hôpital|unclear
SN|coupure senelec|SN other
SN|salaam aleekum|noise
SN|bonjour|noise
SN|c'est trop cher|unclear
ZA|no toilets in our settlement, Gauteng|za-water-sanitation
ZA|mshengu full and smell, janitors not paid|za-water-sanitation
ZA|akukho manzi eKhayelitsha|za-water-sanitation
ZA|impompo yaphukile, inkunkuma ayithathwa|za-water-sanitation
ZA|Awekho amanzi namathoyilethi agcwele|za-water-sanitation
ZA|udoti awuthathwa amasonto amabili|za-water-sanitation
ZA|metsi ha a yo mona|za-water-sanitation
ZA|ha re na matlwana|za-water-sanitation
ZA|metsi ga a yo mo motseng|za-water-sanitation
ZA|daar is geen water nie, kraan is stukkend|za-water-sanitation
ZA|vullis word nie verwyder nie in die Wes-Kaap|za-water-sanitation
ZA|Toilets too far at night, no lights, women raped|za-water-sanitation
ZA|refuse not collected for 3 weeks Eastern Cape|za-water-sanitation
ZA|tap is leaking behind the clinic|za-water-sanitation
ZA|clinic has no water|ZA health
ZA|The school has no toilets|ZA education
ZA|clinic toilets dirty|ZA health
ZA|they refuse to help us|unclear
ZA|my SASSA grant was not paid|ZA social-assistance
ZA|ugesi awukho|ZA other
ZA|molo|noise
ZA|sawubona unjani|noise
""".strip().splitlines()
